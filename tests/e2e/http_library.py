"""A digital library: an HTTP server on 127.0.0.1 with small pages, and with books of them as IIIF manifests."""
import base64
import functools
import http.server
import itertools
import json
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
        self.troubles = {}
        self.lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), Answers)
        self.thread = threading.Thread(target=functools.partial(self.serve_forever, 0.02))
        self.thread.start()

    def serve(self, pages):
        """Answers with these pages, and with the ground truth beside them, instead of others."""
        pages = list(pages)
        self.files = {f"/iiif/{page.stem}/full/full/0/default{page.suffix}": page for page in pages}
        self.files |= {f"/text/{page.stem}.gt.txt": page.with_suffix(".gt.txt") for page in pages}

    def serve_book(self, name, pages, count, version):
        """Answers with a IIIF manifest of so many canvases, which have these pages by turns; its address."""
        canvases = []
        for number, page in zip(range(1, count + 1), itertools.cycle(pages)):
            service = f"/images/{name}/{number}"
            size = "max" if version == 3 else "full"
            self.files[f"{service}/info.json"] = json.dumps(
                {"@context": f"http://iiif.io/api/image/{version}/context.json", "width": 600, "height": 800}).encode()
            self.files[f"{service}/full/{size}/0/default.jpg"] = marked(page.read_bytes(), number)
            canvases.append(canvas(version, f"p. {number}", self.url(service)))
        book = {"type": "Manifest", "items": canvases} if version == 3 else {"@type": "sc:Manifest", "sequences": [{"canvases": canvases}]}
        self.files[f"/books/{name}/manifest.json"] = json.dumps(book).encode()
        return self.url(f"/books/{name}/manifest.json")

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


def marked(page, number):
    """The page with a comment if it is a JPEG file, so that files differ that have the same pixels."""
    comment = b"\xff\xfe\0\4" + number.to_bytes(2, "big")
    return page[:2] + comment + page[2:] if page.startswith(b"\xff\xd8") else page


def canvas(version, label, service):
    """A canvas with the image of a service."""
    if version == 2:
        image = {"@id": f"{service}/full/full/0/default.jpg",
                 "service": {"@id": service, "profile": "http://iiif.io/api/image/2/level2.json"}}
        return {"@type": "sc:Canvas", "label": label, "images": [{"motivation": "sc:painting", "resource": image}]}
    image = {"type": "Image", "service": [{"id": service, "type": "ImageService3", "profile": "level2"}]}
    return {"type": "Canvas", "label": {"none": [label]},
            "items": [{"type": "AnnotationPage", "items": [{"type": "Annotation", "motivation": "painting", "body": image}]}]}


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
        with library.lock:
            trouble = library.troubles.get(self.path, [])[:1]
            del library.troubles.get(self.path, [])[:1]
        expected = library.password and "Basic " + base64.b64encode(library.password.encode()).decode()
        with library.lock:
            library.at_a_time -= 1
        if path is None or expected != self.headers["Authorization"]:
            self.send_error(404 if path is None else 401)
            return
        content = path if isinstance(path, bytes) else path.read_bytes()
        if trouble == ["busy"]:
            self.send_response(429)
            self.send_header("Retry-After", "1")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[:len(content) // 2] if trouble == ["lost"] else content)
        self.close_connection = trouble == ["lost"]

    def log_message(self, *_):
        pass
