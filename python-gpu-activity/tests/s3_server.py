"""A bucket in memory that checks signatures (AWS Signature Version 4) by its own reckoning."""

import hashlib
import hmac
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, unquote, urlsplit

KEY, SECRET, BUCKET = "AKTEST", "s3cret", "logs"


class S3Server:
    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.failures = 0
        self.refused: list[str] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_PUT(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                owner.answer(self, body)

            def do_GET(self) -> None:
                owner.answer(self, b"")

            def do_DELETE(self) -> None:
                owner.answer(self, b"")

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        bucket, _, key = unquote(urlsplit(request.path).path).lstrip("/").partition("/")
        if self.failures > 0:
            self.failures -= 1
            return _say(request, 503, "SlowDown")
        why = refusal(request, body)
        if why:
            self.refused.append(why)
            return _say(request, 403, why)
        if bucket != BUCKET:
            return _say(request, 404, "NoSuchBucket")
        if request.command == "PUT":
            self.objects[key] = body
            return _say(request, 200, "")
        if request.command == "DELETE":
            self.objects.pop(key, None)
            return _say(request, 204, "")
        return (
            _say(request, 200, "", self.objects[key])
            if key in self.objects
            else _say(request, 404, "NoSuchKey")
        )


def _say(request: BaseHTTPRequestHandler, status: int, code: str, content: bytes | None = None) -> None:
    body = (
        content
        if content is not None
        else f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode()
    )
    body = b"" if status == 200 and content is None else body
    request.send_response(status)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def refusal(request: BaseHTTPRequestHandler, body: bytes) -> str:
    """Why the signature is not right; empty if it is."""
    given = re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=(\w+)/(\d{8})/([\w-]+)/s3/aws4_request, ?SignedHeaders=([\w;-]+), ?"
        r"Signature=([0-9a-f]{64})",
        request.headers.get("Authorization", ""),
    )
    if given is None:
        return "AccessDenied"
    key, day, region, names, signature = given.groups()
    content = request.headers["x-amz-content-sha256"]
    if key != KEY:
        return "InvalidAccessKeyId"
    if content != hashlib.sha256(body).hexdigest():
        return "XAmzContentSHA256Mismatch"
    parts = urlsplit(request.path)
    query = sorted(
        (quote(k, "-_.~"), quote(v, "-_.~")) for k, v in parse_qsl(parts.query, keep_blank_values=True)
    )
    headers = [f"{name}:{' '.join((request.headers[name] or '').split())}\n" for name in names.split(";")]
    canonical = "\n".join(
        [
            request.command,
            parts.path,
            "&".join(f"{k}={v}" for k, v in query),
            "".join(headers),
            names,
            content,
        ]
    )
    scope = f"{day}/{region}/s3/aws4_request"
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    text = f"AWS4-HMAC-SHA256\n{request.headers['x-amz-date']}\n{scope}\n{hashed}"
    signed = f"AWS4{SECRET}".encode()
    for part in (day, region, "s3", "aws4_request", text):
        signed = hmac.new(signed, part.encode(), hashlib.sha256).digest()
    return "" if hmac.compare_digest(signed.hex(), signature) else "SignatureDoesNotMatch"
