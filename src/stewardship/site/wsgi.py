"""The site as a WSGI application, for any server. STEWARDSHIP_WORKSPACE names the workspace."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stewardship.site.settings")
application = get_wsgi_application()
