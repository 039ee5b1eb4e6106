"""The only place with Qt (beside app.py)."""
