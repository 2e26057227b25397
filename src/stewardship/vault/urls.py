"""The addresses of people. A handle is 22 random characters: it tells nothing and cannot be guessed."""

from django.urls import path, register_converter

from stewardship.vault import views


class Handle:
    """What stands for a person in an address."""

    regex = "[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(Handle, "handle")

urlpatterns = [
    path("people/", views.find_person, name="people"),
    path("people/found/<slug:asked>/", views.people_found, name="people-found"),
    path("people/<handle:handle>/", views.person, name="person"),
]
