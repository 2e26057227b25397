"""Where places lie: boundaries as somebody gave them, judged, simplified, and kept with a snapshot."""
