import os

from django.core.wsgi import get_wsgi_application

from alongside.config.start import refuse_mistakes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
refuse_mistakes()
application = get_wsgi_application()
