"""The server: Streamlit's own, with a guard before it."""
