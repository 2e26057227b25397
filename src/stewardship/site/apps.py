"""The site as Django knows it."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Sign-in, roles and the pages around the rooms."""

    name = "stewardship.site"
    label = "site"
    verbose_name = "Site"

    def ready(self) -> None:
        """What happens when somebody signs in or out, and what shows that the access log was begun."""
        from allauth.account.signals import password_changed
        from allauth.account.signals import user_logged_in as all_steps_taken
        from allauth.mfa.signals import authentication_failed, authenticator_used
        from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

        from stewardship.access.site_log import register_witness
        from stewardship.site import account_log, sessions

        register_witness(account_log.begun)
        user_logged_in.connect(sessions.begin)
        user_logged_in.connect(account_log.signed_in)
        user_logged_out.connect(account_log.signed_out)
        user_login_failed.connect(account_log.failed_to_sign_in)
        authentication_failed.connect(account_log.gave_wrong_code)
        authenticator_used.connect(account_log.used_second_factor)
        password_changed.connect(account_log.changed_password)
        all_steps_taken.connect(sessions.keep_to_the_limit)
