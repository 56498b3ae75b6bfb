"""An S3-compatible server on this machine (moto), which can be told to fail.

Prints its port. `/-/log` answers the requests so far, a line each: method, path with query, all headers.
`/-/fail?method=PUT&in=partNumber%3D2&status=500&times=1` lets the next such requests fail.
"""

import json
import threading
import urllib.parse

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

store = DomainDispatcherApplication(create_backend_app)
lock = threading.Lock()
# moto looks whether an object stands and puts it in two steps: no two requests may come between them.
one_by_one = threading.Lock()
log, faults = [], []


def fault_of(method, where):
    with lock:
        for fault in faults:
            if fault["times"] > 0 and fault["method"] == method and fault["in"] in where:
                fault["times"] -= 1
                return fault["status"]
    return None


def serve(environ, start_response):
    method = environ["REQUEST_METHOD"]
    where = environ["PATH_INFO"] + "?" + environ.get("QUERY_STRING", "")
    if environ["PATH_INFO"] == "/-/log":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return ["\n".join(log).encode()]
    if environ["PATH_INFO"] == "/-/fail":
        asked = dict(urllib.parse.parse_qsl(environ["QUERY_STRING"]))
        with lock:
            # Each of them once: a later word takes the place of an earlier one.
            faults[:] = [fault for fault in faults if (fault["method"], fault["in"]) != (asked["method"], asked["in"])]
            faults.append(
                {"method": asked["method"], "in": asked["in"], "status": int(asked["status"]), "times": int(asked["times"])}
            )
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"ok"]
    with lock:
        headers = {key: value for key, value in environ.items() if key.startswith("HTTP_")}
        log.append(f"{method} {where} {json.dumps(headers)}")
    status = fault_of(method, where)
    if status is not None:
        # What was sent is read, as a store does.
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        secret = environ.get("HTTP_AUTHORIZATION", "")
        body = f"<Error><Code>Injected</Code><Message>{secret}</Message></Error>".encode()
        start_response(f"{status} Injected", [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
        return [body]
    with one_by_one:
        return store(environ, start_response)


server = make_server("127.0.0.1", 0, serve, threaded=True)
print(server.server_port, flush=True)
server.serve_forever()
