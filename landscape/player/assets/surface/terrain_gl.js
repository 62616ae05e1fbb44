// The ground in WebGL2: shaded bands with their isolines, drawn pixel by pixel from the interpolated t.
import { LOOK } from "../shared/look.js";
import { colourAt } from "../shared/scale.js";
import { rgb } from "../shared/theme.js";
import { STRIDE } from "./terrain_mesh.js";

const TABLE = 2048;

const VERTEX = `#version 300 es
uniform mat4 camera;
uniform vec3 eye;
in vec3 place;
in vec3 normal;
in float height;
out vec3 side;
out float t;
void main() {
  side = normal;
  t = height;
  gl_Position = camera * vec4(place, 1.0);
  // A wall seen from behind would shimmer along the far rim, so it is put out of the picture.
  if (height < 0.0 && dot(normal, eye - place) < 0.0) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
uniform sampler2D palette;  // colour of t, and in alpha how many levels lie below it
uniform sampler2D levels;   // t, half the line's width in device pixels, opacity
uniform int count;
uniform vec3 light, wall, ink;
uniform float ambient, diffuse;
in vec3 side;
in float t;
out vec4 colour;
void main() {
  float slope = length(vec2(dFdx(t), dFdy(t)));
  float shade = ambient + diffuse * max(0.0, dot(normalize(side), light));
  if (t < -0.5) {
    colour = vec4(min(wall * shade, 1.0), 1.0);
    return;
  }
  int width = textureSize(palette, 0).x;
  vec4 painted = texelFetch(palette, ivec2(int(clamp(t, 0.0, 1.0) * float(width - 1) + 0.5), 0), 0);
  vec3 ground = min(painted.rgb * shade, 1.0);
  int below = int(painted.a * 255.0 + 0.5);
  float line = 0.0;
  for (int k = max(below - 1, 0); k <= min(below, count - 1); k++) {
    vec4 level = texelFetch(levels, ivec2(k, 0), 0);
    // On level ground every pixel would lie on the line.
    if (slope > 1e-6) line = max(line, level.z * clamp(level.y + 0.5 - abs(t - level.x) / slope, 0.0, 1.0));
  }
  colour = vec4(mix(ground, ink, line), 1.0);
}`;

function shader(gl, kind, source) {
  const made = gl.createShader(kind);
  gl.shaderSource(made, source);
  gl.compileShader(made);
  return made;
}

function texture(gl, unit) {
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  // Read texel by texel: neither filter nor mipmap.
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
}

export class Ground {
  /** Throws where WebGL2 is missing. Everything made here is made again after a lost context. */
  constructor(canvas) {
    this.canvas = canvas;
    const gl = canvas.getContext("webgl2", { antialias: true, preserveDrawingBuffer: true });
    if (!gl) throw new Error("WebGL2 is not available");
    this.gl = gl;
    const program = gl.createProgram();
    gl.attachShader(program, shader(gl, gl.VERTEX_SHADER, VERTEX));
    gl.attachShader(program, shader(gl, gl.FRAGMENT_SHADER, FRAGMENT));
    ["place", "normal", "height"].forEach((name, k) => gl.bindAttribLocation(program, k, name));
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
      throw new Error(gl.getProgramInfoLog(program) || "the terrain's program does not link");
    }
    gl.useProgram(program);
    this.at = (name) => gl.getUniformLocation(program, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
    [
      [0, 3, 0],
      [1, 3, 3],
      [2, 1, 6],
    ].forEach(([index, size, first]) => {
      gl.enableVertexAttribArray(index);
      gl.vertexAttribPointer(index, size, gl.FLOAT, false, 4 * STRIDE, 4 * first);
    });
    texture(gl, 0);
    texture(gl, 1);
    gl.uniform1i(this.at("palette"), 0);
    gl.uniform1i(this.at("levels"), 1);
    gl.enable(gl.DEPTH_TEST);
    this.count = 0;
  }

  setMesh({ vertices, indices }) {
    const { gl } = this;
    gl.bufferData(gl.ARRAY_BUFFER, vertices, gl.STATIC_DRAW);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, indices, gl.STATIC_DRAW);
    this.count = indices.length;
  }

  /** Colours and lines; `pixel` is the number of device pixels to one px of the visual language. */
  setLook(theme, scale, pixel) {
    const { gl } = this;
    const levels = scale.levels
      .map(({ value, kind }) => ({ t: scale.t(value), kind }))
      .sort((a, b) => a.t - b.t);
    const table = new Uint8Array(4 * TABLE);
    for (let k = 0, below = 0; k < TABLE; k += 1) {
      const t = k / (TABLE - 1);
      while (below < levels.length && levels[below].t <= t) below += 1;
      table.set(
        [...colourAt(theme, scale.painted(t, LOOK.bands.terrain)).map(Math.round), Math.min(255, below)],
        4 * k,
      );
    }
    gl.activeTexture(gl.TEXTURE0);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, TABLE, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, table);
    const lines = new Float32Array(4 * Math.max(1, levels.length));
    levels.forEach(({ t, kind }, k) => {
      // A saddle's line is a plain one here: dashes would swim on the slopes.
      const { width, opacity } = LOOK.isolines[kind === "major" ? "major" : "normal"];
      lines.set([t, (width * pixel) / 2, opacity], 4 * k);
    });
    gl.activeTexture(gl.TEXTURE1);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, lines.length / 4, 1, 0, gl.RGBA, gl.FLOAT, lines);
    gl.uniform1i(this.at("count"), levels.length);
    const { ambient, diffuse, wall } = theme.terrain; // and the t whose colour the block's walls take
    gl.uniform1f(this.at("ambient"), ambient);
    gl.uniform1f(this.at("diffuse"), diffuse);
    gl.uniform3fv(
      this.at("wall"),
      colourAt(theme, wall).map((part) => part / 255),
    );
    gl.uniform3fv(
      this.at("ink"),
      rgb(theme.isoline).map((part) => part / 255),
    );
  }

  draw(camera) {
    const { gl } = this;
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    if (!this.count) return;
    gl.uniformMatrix4fv(this.at("camera"), false, camera.matrix());
    gl.uniform3fv(this.at("eye"), camera.eye);
    gl.uniform3fv(this.at("light"), camera.light());
    gl.drawElements(gl.TRIANGLES, this.count, gl.UNSIGNED_INT, 0);
  }
}
