"""The screens of the web app: what they look like and what happens on them.

Knows the assistant and Gradio. Starts nothing and opens no library by itself; app.py does.
"""
