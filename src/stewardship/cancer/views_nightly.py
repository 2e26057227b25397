"""The nightly files: sent, looked at, loaded; and their templates."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stewardship.access.asked import keep, kept
from stewardship.cancer.closed import told_plainly
from stewardship.cancer.models import Load
from stewardship.cancer.nightly.columns import EVENTS, PATHWAYS
from stewardship.cancer.nightly.loading import Files, elsewhere, load, preview
from stewardship.cancer.nightly.reading import FileError, explained, template
from stewardship.cancer.scope import Viewer, viewer_of
from stewardship.cancer.waiting import forget, keep_files, kept_files
from stewardship.permissions import LOAD_PATHWAYS, needs
from stewardship.system.cancer import CancerSettings
from stewardship.system.mistakes import SettingsError
from stewardship.system.reading import SETTINGS, read_cancer

LARGEST = 60_000_000  # bytes of one file
MANY = 4000  # pathways to write: about as many as a web server waits for, half a minute
SHOWN = 200  # rows of each kind on the page
TEMPLATES = {"pathways": PATHWAYS, "events": EVENTS}
AGAIN = "The files are no longer here: they are kept for an hour. Send them again."


@needs(LOAD_PATHWAYS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told_plainly
def nightly(request: HttpRequest) -> HttpResponse:
    """Send the two files; what they would do is shown first."""
    if request.method == "POST":
        return _sent(request, viewer_of(request))
    said = kept(request, request.GET.get("typed", "")) or {}
    shown = {
        "problem": said.get("problem", ""),
        "field": said.get("field", "pathways"),
        "latest": Load.objects.select_related("by").order_by("-at").first(),
        "pathways": explained(PATHWAYS),
        "events": explained(EVENTS),
        "done": request.GET.get("done") == "loaded",
    }
    return render(request, "cancer/nightly.jinja", shown)


def _sent(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    sent = {name: request.FILES.get(name) for name in TEMPLATES}
    for name, file in sent.items():
        if file is None:
            return _again(request, name, f"Choose the file of {name}.")
        if (file.size or 0) > LARGEST:
            return _again(request, name, f"The file of {name} is larger than {LARGEST // 1_000_000} MB.")
    pathways, events = sent["pathways"], sent["events"]
    assert pathways is not None and events is not None
    files = Files("the file of pathways", pathways.read(), "the file of events", events.read())
    try:
        plan = preview(files, todays_settings(), today=timezone.localdate())
        if others := elsewhere(plan.providers, viewer.provider):
            raise FileError(others)
    except (FileError, SettingsError) as error:
        return _again(request, "pathways", str(error))
    return redirect("cancer-nightly-preview", keep_files(_member(viewer), files))


@needs(LOAD_PATHWAYS)
@never_cache
@require_safe
@told_plainly
def nightly_preview(request: HttpRequest, word: str) -> HttpResponse:
    """What the files would do: counts, then the rows that were set aside. Nobody's name is shown."""
    viewer = viewer_of(request)
    files = kept_files(_member(viewer), word)
    if files is None:
        return _again(request, "pathways", AGAIN)
    plan = preview(files, todays_settings(), today=timezone.localdate())
    if others := elsewhere(plan.providers, viewer.provider):
        return _again(request, "pathways", others)
    said = kept(request, request.GET.get("typed", "")) or {}
    shown = {
        "plan": plan,
        "word": word,
        "stops": plan.stops,
        "rejected": sorted(plan.rejected)[:SHOWN],
        "changed": plan.changed[:SHOWN],
        "shown": SHOWN,
        "many_nights": MANY,
        "problem": said.get("problem", ""),
    }
    return render(request, "cancer/nightly-preview.jinja", shown)


@needs(LOAD_PATHWAYS)
@require_POST
@told_plainly
def nightly_apply(request: HttpRequest, word: str) -> HttpResponse:
    """Load them, whole or not at all."""
    viewer = viewer_of(request)
    files = kept_files(_member(viewer), word)
    if files is None:
        return _again(request, "pathways", AGAIN)
    written = request.POST.get("vanished", "").strip()
    known = int(written[:6]) if written.isdecimal() else None
    here = reverse("cancer-nightly-preview", args=[word])
    try:
        told = {"by": viewer.actor, "now": timezone.now(), "vanished": known, "only": viewer.provider}
        load(files, todays_settings(), **told)  # type: ignore[arg-type]  # as the four are named
    except (FileError, SettingsError) as error:
        return redirect(f"{here}?typed={keep(request, {'problem': str(error)})}")
    forget(_member(viewer))
    return redirect(f"{reverse('cancer-nightly')}?done=loaded")


@needs(LOAD_PATHWAYS)
@require_safe
def nightly_template(request: HttpRequest, which: str) -> HttpResponse:
    """An empty file with the headings that this system reads."""
    if which not in TEMPLATES:
        raise Http404("There is a file of pathways and a file of events.")
    answer = HttpResponse(template(TEMPLATES[which]), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{which}.csv"'
    return answer


def todays_settings() -> CancerSettings:
    """How the files are written, by the settings of today; the usual where the site knows no system's folder.

    Raises SettingsError where the settings are wrong.
    """
    path = Path(settings.SYSTEM) / SETTINGS
    if not settings.SYSTEM or not path.is_file():
        return CancerSettings()
    told = path.stat()
    return _settings(path.parent, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=4)
def _settings(folder: Path, changed: int, size: int) -> CancerSettings:
    return read_cancer(folder)


def _again(request: HttpRequest, field: str, problem: str) -> HttpResponse:
    word = keep(request, {"problem": problem, "field": field})
    return redirect(f"{reverse('cancer-nightly')}?typed={word}")


def _member(viewer: Viewer) -> int:
    assert viewer.actor.member_id is not None
    return viewer.actor.member_id
