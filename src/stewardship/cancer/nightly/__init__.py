"""The two nightly files: read as what anybody may have sent, checked, shown first, and applied whole or not at all."""
