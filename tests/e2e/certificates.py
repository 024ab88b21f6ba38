"""Certificates for the tests, made with the openssl program: an authority of our own, and servers of every kind."""
import os
import subprocess


def _openssl(*words):
    done = subprocess.run(["openssl", *words], capture_output=True, text=True, timeout=30)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {words}: {done.stderr}")


class Authority:
    """A private certificate authority in a folder. `pem` is what clients must trust."""

    def __init__(self, folder, name="Test authority"):
        os.makedirs(folder, exist_ok=True)
        self.folder = folder
        self.pem, self.key = os.path.join(folder, "ca.pem"), os.path.join(folder, "ca.key")
        _openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", self.key,
                 "-out", self.pem, "-days", "30", "-subj", f"/CN={name}")

    def server(self, name, hosts="DNS:localhost,IP:127.0.0.1", days=30):
        """Certificate and key of a server, as files. Negative days: it is over already."""
        base = os.path.join(self.folder, name)
        key, request, cert, extra = base + ".key", base + ".csr", base + ".pem", base + ".ext"
        _openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", request,
                 "-subj", f"/CN={name}")
        with open(extra, "w", encoding="ascii") as file:
            file.write(f"subjectAltName={hosts}")
        _openssl("x509", "-req", "-in", request, "-CA", self.pem, "-CAkey", self.key, "-CAcreateserial", "-days", str(days),
                 "-extfile", extra, "-out", cert)
        os.chmod(key, 0o600)
        return cert, key
