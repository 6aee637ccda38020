import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

from alongside.config.start import keep_to_this_account, refuse_mistakes, refuse_open_walls
from alongside.practice.role import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
keep_to_this_account()
refuse_mistakes()
application = get_wsgi_application()
refuse_open_walls()
# Off the path of any request: the first note does not wait for the weights.
Thread(target=warm, name="warm-role-review", daemon=True).start()
