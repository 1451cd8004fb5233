#!/usr/bin/env python3
"""Checks an evidence file by the written rules alone: no code of the service, nothing but the standard library and `openssl`.

Usage: verify_bundle.py FILE [--key VERIFIER_LINE] [--known CHECKPOINT_FILE]
Ends with 0, or with the code of the first thing that does not hold (see EXIT), which is told on standard error.
"""
import argparse, base64, hashlib, json, os, subprocess, sys, tempfile

EXIT = {"manifest": 10, "payload": 11, "chain": 12, "inclusion": 13, "signature": 14, "consistency": 15, "head": 16, "gap": 18}
LEAF = ["id", "keys", "payloadDigest", "prev", "recordedAt", "recordedBy", "revision", "schema", "stream", "type", "v"]
MALFORMED = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)


def require(holds, aspect, message):
    if not holds:
        print(f"NOT PROVEN ({aspect}): {message}", file=sys.stderr)
        sys.exit(EXIT[aspect])


def canonical(value):
    """RFC 8785, for values without fractions: members in the order of their UTF-16 units."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(one) for name, one in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def base64url(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text, aspect, length=None):
    """Bytes that are written in base64 in the one way there is."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raw = b""
    require(base64.b64encode(raw).decode() == text and length in (None, len(raw)), aspect, "this is not written in base64")
    return raw


def split(size):
    """The largest power of two below."""
    return 1 << (size - 1).bit_length() - 1


def root_of_path(index, size, leaf, path):
    """RFC 6962, 2.1.1, from the top down: the head that a path leads to, or None if it is too long or too short."""
    if size == 1 or not path:
        return leaf if size == 1 and not path else None
    k = split(size)
    inner = root_of_path(index if index < k else index - k, k if index < k else size - k, leaf, path[:-1])
    return inner and (sha256(b"\1", inner, path[-1]) if index < k else sha256(b"\1", path[-1], inner))


def roots_of_growth(m, n, proof, old, whole=True):
    """RFC 6962, 2.1.2: the heads of both trees that a proof leads to, or None."""
    if m == n:
        known = [old] if whole else proof
        return (known[0], known[0]) if len(proof) == (0 if whole else 1) else None
    if not proof:
        return None
    k, last = split(n), proof[-1]
    if m <= k:
        inner = roots_of_growth(m, k, proof[:-1], old, whole)
        return inner and (inner[0], sha256(b"\1", inner[1], last))
    inner = roots_of_growth(m - k, n - k, proof[:-1], old, False)
    return inner and (sha256(b"\1", last, inner[0]), sha256(b"\1", last, inner[1]))


def verifier(line):
    """Name, id and key of Ed25519, from name+id+key."""
    name, key_id, key = (line.strip().split("+", 2) + ["", ""])[:3]
    raw = decoded(key, "signature", 33)
    whole = raw[0] == 1 and sha256(name.encode(), b"\n", raw)[:4].hex() == key_id
    require(whole, "signature", "a key is not a verifier line")
    return name, bytes.fromhex(key_id), raw[1:]


def ed25519_holds(public, text, signature):
    der = bytes.fromhex("302a300506032b6570032100") + public
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("key", der), ("text", text), ("signature", signature)):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile signature"
        return subprocess.run(command.split(), cwd=folder, capture_output=True).returncode == 0


def checkpoint(note, keys, aspect="signature"):
    """Origin, size and head of a note, which one of these keys has signed."""
    text, _, signatures = note.rpartition("\n\n")
    signed = False
    for line in signatures.removesuffix("\n").split("\n"):
        dash, signer, signature = (line.split(" ") + ["", ""])[:3]
        raw = decoded(signature, aspect)
        named = signer.split() == [signer] and "+" not in signer
        require(dash == "\u2014" and named and len(raw) > 4 and line.count(" ") == 2, aspect, "a checkpoint is no signed note")
        for name, key_id, public in keys:
            if (name, key_id) == (signer, raw[:4]):
                signed = ed25519_holds(public, text.encode() + b"\n", raw[4:])
                require(signed, aspect, "a signature does not hold")
    require(signed and note.endswith("\n"), aspect, "a checkpoint is signed by somebody else")
    origin, size, head = (text.split("\n") + ["", ""])[:3]
    require(size.isascii() and size.isdigit(), aspect, "what is signed is no checkpoint")
    return origin, int(size), decoded(head, aspect, 32)


def proven(event, stream, revision, prev, size, head):
    """Gives the leaf, its hash and the data of an event that holds."""
    where = f"event {revision} of {stream}"
    payload, metadata = event["payload"].encode(), event["metadata"].encode()
    try:
        leaf = json.loads(metadata)["leaf"]
        text, digest, its_place = canonical(leaf).encode(), leaf["payloadDigest"], (leaf["stream"], leaf["revision"], leaf["prev"])
        missing = leaf["stream"] == stream and leaf["revision"] > revision
    except MALFORMED:
        return require(False, "chain", f"{where}: its leaf cannot be read")
    require(base64url(sha256(payload)) == digest, "payload", f"{where}: another content")
    require(not missing, "gap", f"{where} is missing")
    data, hashed = json.loads(payload), sha256(b"\0", text)
    whole = metadata == b'{"leaf":' + text + b',"leafHash":"' + base64url(hashed).encode() + b'"}' and sorted(leaf) == LEAF
    whole = whole and leaf["v"] == 1 and canonical(data).encode() == payload and bool not in map(type, leaf.values())
    whole = whole and isinstance(data, dict) and isinstance(data.get("data"), dict)
    require(whole and its_place == (stream, revision, prev), "chain", f"{where}: it does not stand in its place")
    path = [decoded(one, "inclusion", 32) for one in event["proof"]]
    root = event["leaf"] < size and root_of_path(event["leaf"], size, hashed, path)
    require(root == head, "inclusion", f"{where}: not proven to stand in the log")
    return leaf, base64url(hashed), data["data"]


def held_by(events):
    """The cases that one case has taken in and not let go of."""
    held = set()
    for leaf, _, data in events:
        if leaf["type"] in ("CaseAbsorbed", "CaseReleasedFromMerge"):
            (held.add if leaf["type"] == "CaseAbsorbed" else held.discard)("case-" + data["caseId"])
    return held


def verify(text, key, known):
    bundle = json.loads(text)
    members = {"format", "caseId", "streams", "checkpoint", "keys", "known"}
    shaped = set(bundle) == members and bundle["format"] == "habeas-evidence/1"
    places = [event["leaf"] for part in bundle["streams"] for event in part["events"]]
    shaped = shaped and all(type(place) is int and 0 <= place < 1 << 53 for place in places)
    require(shaped and canonical(bundle) + "\n" == text, "manifest", "no evidence file, or not as it was written")
    given = [verifier(line) for line in bundle["keys"]]
    keys = [verifier(key)] if key else given
    origin, size, head = checkpoint(bundle["checkpoint"], keys)
    streams = []
    for part in bundle["streams"]:
        prev, events = None, []
        for revision, event in enumerate(part["events"]):
            events.append(proven(event, part["stream"], revision, prev, size, head))
            prev = events[-1][1]
        streams.append((part["stream"], events))
    require(streams and streams[0][0] == "case-" + bundle["caseId"], "manifest", "not the case it is named for")
    heads = [{"caseId": name[5:], "revision": len(events) - 1, "leafHash": events[-1][1]} for name, events in streams if events]
    require(streams[0][1] and streams[0][1][-1][0]["type"] == "ExportIssued", "head", "the end is missing")
    before, said = streams[0][1][:-1], streams[0][1][-1][2]
    own = (len(before) - 1, before[-1][1]) if before else (None, None)
    require((said.get("revision"), said.get("leafHash")) == own, "head", "issued for another state")
    require(said.get("merged", []) == heads[1:] and len(heads) == len(streams), "head", "issued for another state of merged cases")
    held = {other for _, events in streams for other in held_by(events)}
    names = [name for name, _ in streams[1:]]
    require(held <= set(names), "gap", "a merged case is missing")
    require(sorted(held) == sorted(names), "manifest", "a case that was not merged")
    heads_known = [(size, head)]
    if bundle["known"] is not None:
        was = checkpoint(bundle["known"]["checkpoint"], keys, "consistency")
        proof = [decoded(one, "consistency", 32) for one in bundle["known"]["proof"]]
        roots = was[1] <= size and was[1] > 0 and roots_of_growth(was[1], size, proof, was[2])
        grown = roots == (was[2], head) or (was[1] == 0 and not proof)
        require(grown and was[0] == origin, "consistency", "the log does not begin with the one named as known")
        heads_known.append(was[1:])
    if known is not None:
        its_origin, *its_head = checkpoint(known, keys, "consistency")
        require(its_origin == origin and tuple(its_head) in heads_known, "consistency", "not the log that you know")
        issued = bundle["streams"][0]["events"][-1]["leaf"]
        require(issued >= its_head[0], "consistency", "exported before the checkpoint that you know")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--key")
    parser.add_argument("--known")
    asked = parser.parse_args()
    try:
        text, known = (name and open(name, encoding="utf-8", newline="").read() for name in (asked.file, asked.known))
        verify(text, asked.key, known)
    except MALFORMED as fault:
        require(False, "manifest", f"this cannot be read: {fault!r}")


if __name__ == "__main__":
    main()
