"""Cancer waiting times as NHS England publishes them: read from its workbooks, judged, and kept with a snapshot."""
