"""What every page is made of: frame, language, controls, charts, the stage, the state of a visit."""
