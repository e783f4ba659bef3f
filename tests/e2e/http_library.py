"""A digital library: an HTTP server on 127.0.0.1 with small pages."""
import base64
import functools
import http.server
import threading
import time

from support import tiny_pages


class Library(http.server.ThreadingHTTPServer):
    """A digital library on 127.0.0.1: IDENTIFIER/full/full/0/default.jpg and so on are the tiny pages."""
    daemon_threads = True

    def __init__(self, password=None):
        self.password = password
        self.serve(path for path in sorted(tiny_pages().iterdir()) if path.suffix in (".png", ".jpg", ".tif"))
        self.requests, self.at_a_time, self.most = [], 0, 0
        self.lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), Answers)
        self.thread = threading.Thread(target=functools.partial(self.serve_forever, 0.02))
        self.thread.start()

    def serve(self, pages):
        """Answers with these pages, and with the ground truth beside them, instead of others."""
        pages = list(pages)
        self.files = {f"/iiif/{page.stem}/full/full/0/default{page.suffix}": page for page in pages}
        self.files |= {f"/text/{page.stem}.gt.txt": page.with_suffix(".gt.txt") for page in pages}

    def close(self):
        self.shutdown()
        self.thread.join()
        self.server_close()

    def url(self, path):
        return f"http://127.0.0.1:{self.server_port}{path}"

    def pages(self):
        return [self.url(path) for path in self.files if path.startswith("/iiif/")]

    def taken(self):
        """The paths that were requested since the last call."""
        with self.lock:
            paths, self.requests = self.requests, []
        return sorted(paths)


class Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        library = self.server
        with library.lock:
            library.requests.append(self.path)
            library.at_a_time += 1
            library.most = max(library.most, library.at_a_time)
        time.sleep(0.02)
        path = library.files.get(self.path.partition("?")[0])
        expected = library.password and "Basic " + base64.b64encode(library.password.encode()).decode()
        with library.lock:
            library.at_a_time -= 1
        if path is None or expected != self.headers["Authorization"]:
            self.send_error(404 if path is None else 401)
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass
