"""The site's addresses and some pages that fail with what was typed in their hands."""

from django.db import connection
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from stewardship.permissions import ANYONE, needs
from stewardship.site import urls
from stewardship.site.urls import *  # noqa: F403
from stewardship.site.urls import urlpatterns as of_the_site


@csrf_exempt
@needs(ANYONE)
def fails(request, how):
    typed = request.POST.get("typed", "")
    if how == "in-words":
        raise ValueError(f"{typed} is no number")
    if how == "in-the-database":
        with connection.cursor() as cursor:
            cursor.execute("SELECT missing FROM nowhere WHERE family_name = %s", [typed])
    try:
        int(typed)
    except ValueError as error:
        raise KeyError(typed) from error


urlpatterns = [*of_the_site, path("fails/<slug:how>/", fails, name="fails")]
handler500 = urls.handler500
