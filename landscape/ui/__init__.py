"""Streamlit lives here and nowhere else below the pages."""
