"""One file, typed readers. Everything that differs between machines comes from the environment.

ALONGSIDE_DATA         folder of database, uploaded files and generated key (default: ./data)
ALONGSIDE_DEMO         "1": invented agency and one-click sign-in; refused off loopback
ALONGSIDE_HOSTS        host names, comma separated (default: loopback only)
ALONGSIDE_HTTPS        "0" on loopback without TLS; else cookies are for https only
ALONGSIDE_TRUSTED_PROXIES  how many proxies of yours stand before Alongside (default: 0). Each must
                       add to X-Forwarded-For and set X-Forwarded-Proto
ALONGSIDE_SECRET_KEY   or a key is made once and kept in ALONGSIDE_DATA
ALONGSIDE_SEALING_KEYS keys of private worksheets, comma separated, the current one first; or one is
                       made once and kept in ALONGSIDE_DATA
ALONGSIDE_EMAIL_URL    smtp://user:password@host:587 (default: letters are written to the log)
ALONGSIDE_EXIT_TO      where "Exit this page" leads a participant (default: a weather page)
ALONGSIDE_ADDRESS      where letters lead to: https://... (default: the first of ALONGSIDE_HOSTS)
DATABASE_URL           postgresql://... of the role that serves (default: SQLite in ALONGSIDE_DATA)
ALONGSIDE_OWNER_URL    postgresql://... of the role that makes tables; only for preparing
"""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF
from django.conf.locale import LANG_INFO

from alongside.config.keys import sealing_keys, secret_key

env = environ.Env()

HERE = Path(__file__).resolve().parent.parent
DATA = Path(env.str("ALONGSIDE_DATA", default="data")).resolve()
DEMO = env.bool("ALONGSIDE_DEMO", default=False)
TRUSTED_PROXIES = env.int("ALONGSIDE_TRUSTED_PROXIES", default=0)
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALONGSIDE_HOSTS", default=LOOPBACK)
HTTPS = env.bool("ALONGSIDE_HTTPS", default=bool(set(ALLOWED_HOSTS) - set(LOOPBACK)))
SECRET_KEY = env.str("ALONGSIDE_SECRET_KEY", default="") or secret_key(DATA)
SEALING_KEYS = sealing_keys(DATA, env.list("ALONGSIDE_SEALING_KEYS", default=[]))
DEBUG = False
USE_TZ = True
TIME_ZONE = "America/Chicago"
LANGUAGE_CODE = "en-us"
# Each by its own name, in every language the same. What nobody has looked over yet says so on the
# page, and stands there only where an agency switches it on (docs/languages.md).
LANGUAGES = [("en", "English"), ("es", "Español"), ("hmn", "Hmoob")]
LANG_INFO.setdefault("hmn", {"bidi": False, "code": "hmn", "name": "Hmong", "name_local": "Hmoob"})
NOT_LOOKED_OVER = frozenset({"hmn"})
LOCALE_PATHS = [HERE / "locale"]
FORMAT_MODULE_PATH = ["alongside.config.formats"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_cotton",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "alongside.tenancy",
    "alongside.audit",
    "alongside.accounts",
    "alongside.files",
    "alongside.people",
    "alongside.workforce",
    "alongside.consents",
    "alongside.referrals",
    "alongside.plans",
    "alongside.outcomes",
    "alongside.encounters",
    "alongside.exchange",
    "alongside.retention",
    "alongside.reporting",
    "alongside.portal",
    "alongside.web",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alongside.web.middleware.PrivacyMiddleware",
    "csp.middleware.CSPMiddleware",
    "alongside.web.middleware.SoundInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "alongside.web.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.web.middleware.SessionLifeMiddleware",
    "alongside.web.middleware.ActorMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "alongside.web.context.page",
                "alongside.portal.context.own",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "alongside.web.templatetags.words",
            ],
        },
    }
]

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "alongside.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;",
    },
    "CONN_MAX_AGE": None,
    "TEST": {"NAME": DATA / "test.sqlite3"},
}
POSTGRES = {"engine": "alongside.tenancy.postgres"}
DATABASES: dict[str, Any] = {"default": SQLITE}
if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": env.db("DATABASE_URL", **POSTGRES)}
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8}
OWNER_DATABASE: dict[str, Any] = {}
if env.str("ALONGSIDE_OWNER_URL", default=""):
    OWNER_DATABASE = {"OPTIONS": {}, **env.db("ALONGSIDE_OWNER_URL", **POSTGRES)}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        # Counts of tries. Where it is full, counts go that still count: whoever guesses at many
        # accounts would wipe out what stands against them.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "alongside.accounts.passwords.WordsOfThePlace"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:today"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "alongside.web.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "user_name"  # of participants, who may have no address
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
# The account comes before the network: one colleague who mistypes does not use up what all who sit
# behind one router have.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "5/5m/key,50/5m/ip",
    "reset_password": "5/10m/key,30/10m/ip",
    "reset_password_from_key": "30/10m/ip",
    "request_login_code": "5/10m/key,30/10m/ip",
    "change_password": "10/10m/user",
    "reauthenticate": "10/10m/user",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True  # for those who come in from outside alone
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_FORMS = {
    "login": "alongside.web.forms.login.LoginForm",
    "request_login_code": "alongside.web.forms.codes.RequestCodeForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator vouched for the address
MFA_ADAPTER = "alongside.web.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate_webauthn": "alongside.web.forms.passkeys.AuthenticateForm",
    "login_webauthn": "alongside.web.forms.passkeys.LoginForm",
    "reauthenticate_webauthn": "alongside.web.forms.passkeys.ReauthenticateForm",
    "add_webauthn": "alongside.web.forms.passkeys.AddForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Alongside"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# Where "Exit this page" leads: a page that says nothing of whoever stands on it.
EXIT_TO = env.str("ALONGSIDE_EXIT_TO", default="https://www.weather.gov/")
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE_SECONDS = 30 * 60
SESSION_WARN_SECONDS = 2 * 60
# Where others use the phone too.
SHARED_IDLE_SECONDS = 5 * 60
SHARED_WARN_SECONDS = 60
SESSION_LIFE_SECONDS = 12 * 60 * 60
# Tries, in how long, per whom: beside those of the sign-in pages (web.limits).
LIMITS = {
    "emergency": "10/10m/user,30/10m/ip",
    "invitation": "60/10m/ip",
    "own-link": "60/10m/ip",
    "ask": "10/h/ip",
    "ask-straight": "60/d/key",  # what comes above it waits apart (referrals.actions.asking)
    "sign-in": "50/h/key",
}
PROOF_SECONDS = 10 * 60  # how long after showing who one is the grave steps stay open
SESSION_COOKIE_AGE = SESSION_LIFE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# A browser takes such a cookie from this very host alone, and sends it to no other (RFC 6265bis).
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
# A page left in a hurry, without a line, leaves this behind: whatever comes next signs out.
EXIT_COOKIE_NAME = f"{COOKIE_PREFIX}exit"
MESSAGE_STORAGE = "alongside.web.cookies.Messages"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = False
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Said on every answer (web.middleware). A page may ask for a passkey; all else it may not.
ANSWER_HEADERS = {
    "Cache-Control": "no-store, private",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), camera=(), display-capture=(), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}

STATIC_URL = "static/"
STATICFILES_DIRS = [HERE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The built files lie in the package, compressed; the asset tag adds a hash of what is in them.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"/web/dist/"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # typed text; a file of a sheet does not count
MOST_UPLOADED = 64 * 1024 * 1024
FILES = DATA / "files"  # what people uploaded: served by views that look who asks, never as such
# Who else lets go of words about someone whose record is disposed of (a floor beside retention).
FORGETTING = [
    "alongside.exchange.actions.forgetting.forget_rows",
    "alongside.people.actions.doors.forget_accounts",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# In the demo nobody is written to, and nothing fills its window.
NO_MAIL = "dummymail://" if DEMO else "consolemail://"
EMAIL_CONFIG = env.email_url("ALONGSIDE_EMAIL_URL", default=NO_MAIL)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("ALONGSIDE_EMAIL_FROM", default="alongside@localhost")
EMAIL_TIMEOUT = 20
ADDRESS = env.str(
    "ALONGSIDE_ADDRESS",
    default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}/" if HTTPS else "http://127.0.0.1:8000/",
)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "alongside.config.logs.WithoutWords"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own handlers would write, and in some cases mail, the whole error.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
