#!/usr/bin/env python3
"""Checks an evidence file by the written rules alone: no code of the service, nothing but the standard library and `openssl`.

Usage: verify_bundle.py FILE [--key VERIFIER_LINE] [--known CHECKPOINT_FILE]
Ends with 0, or with the code of the first thing that does not hold (see EXIT), which is told on standard error.
"""
import argparse
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile

EXIT = {"manifest": 10, "payload": 11, "chain": 12, "inclusion": 13, "signature": 14, "consistency": 15, "head": 16, "gap": 18}
LEAF = ["id", "keys", "payloadDigest", "prev", "recordedAt", "recordedBy", "revision", "schema", "stream", "type", "v"]


class Unproven(Exception):
    def __init__(self, aspect, message):
        super().__init__(message)
        self.aspect = aspect


def require(holds, aspect, message):
    if not holds:
        raise Unproven(aspect, message)


def canonical(value):
    """RFC 8785, for values without fractions: members in the order of their UTF-16 units."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(json.dumps(k, ensure_ascii=False) + ":" + canonical(v) for k, v in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def sha256(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def base64url(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def hashes(proof, aspect):
    try:
        decoded = [base64.b64decode(one, validate=True) for one in proof]
    except ValueError:
        raise Unproven(aspect, "a proof is not written in base64")
    whole = [base64.b64encode(raw).decode() for raw in decoded] == proof
    require(whole and all(len(raw) == 32 for raw in decoded), aspect, "a proof is not made of hashes")
    return decoded


def split(size):
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def root_of_path(index, size, leaf, path):
    """RFC 6962, 2.1.1, from the top down: the head that a path leads to, or None if it is too long or too short."""
    if size == 1:
        return leaf if not path else None
    if not path:
        return None
    k = split(size)
    if index < k:
        left = root_of_path(index, k, leaf, path[:-1])
        return left and sha256(b"\1", left, path[-1])
    right = root_of_path(index - k, size - k, leaf, path[:-1])
    return right and sha256(b"\1", path[-1], right)


def roots_of_growth(m, n, proof, old, whole=True):
    """RFC 6962, 2.1.2: the heads of both trees that a proof leads to, or None."""
    if m == n:
        if whole:
            return (old, old) if not proof else None
        return (proof[0], proof[0]) if len(proof) == 1 else None
    if not proof:
        return None
    k = split(n)
    if m <= k:
        inner = roots_of_growth(m, k, proof[:-1], old, whole)
        return inner and (inner[0], sha256(b"\1", inner[1], proof[-1]))
    inner = roots_of_growth(m - k, n - k, proof[:-1], old, False)
    return inner and (sha256(b"\1", proof[-1], inner[0]), sha256(b"\1", proof[-1], inner[1]))


def verifier(line):
    """name+id+key, of Ed25519."""
    parts = line.strip().split("+", 2)
    require(len(parts) == 3, "signature", "a key is not a verifier line")
    raw = base64.b64decode(parts[2], validate=True)
    known = len(raw) == 33 and raw[0] == 1 and sha256(parts[0].encode(), b"\n", raw)[:4].hex() == parts[1]
    require(known and base64.b64encode(raw).decode() == parts[2], "signature", "a key is not a verifier line")
    return parts[0], bytes.fromhex(parts[1]), raw[1:]


def ed25519_holds(public, text, signature):
    der = bytes.fromhex("302a300506032b6570032100") + public
    pem = "-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(der).decode() + "\n-----END PUBLIC KEY-----\n"
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("key", pem.encode()), ("text", text), ("signature", signature)):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key", "-rawin", "-in", "text", "-sigfile", "signature"]
        return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0


def checkpoint(note, keys, aspect="signature"):
    """Origin, size and head of a signed note."""
    text, blank, signatures = note.rpartition("\n\n")
    require(blank and signatures.endswith("\n"), aspect, "a checkpoint is no signed note")
    text += "\n"
    signed = False
    for line in signatures[:-1].split("\n"):
        parts = line.split(" ")
        require(len(parts) == 3 and parts[0] == "\u2014", aspect, "a checkpoint is no signed note")
        raw = base64.b64decode(parts[2], validate=True)
        require(base64.b64encode(raw).decode() == parts[2], aspect, "a checkpoint is no signed note")
        for name, key_id, public in keys:
            if name == parts[1] and key_id == raw[:4]:
                require(ed25519_holds(public, text.encode(), raw[4:]), aspect, "a signature does not hold")
                signed = True
    require(signed, aspect, "a checkpoint is signed by somebody else")
    lines = text.split("\n")
    require(len(lines) >= 4 and lines[1].isascii() and lines[1].isdigit(), aspect, "what is signed is no checkpoint")
    return lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)


def proven(event, stream, revision, prev, size, head):
    """Gives the leaf, its hash and the payload of an event that holds."""
    where = f"event {revision} of {stream}"
    metadata = event["metadata"]
    try:
        leaf = json.loads(metadata)["leaf"]
        text = metadata[len('{"leaf":') : metadata.rindex(',"leafHash":"')]
        leaf_hash = json.loads(metadata)["leafHash"]
        whole = metadata == '{"leaf":' + text + ',"leafHash":"' + leaf_hash + '"}'
        whole = whole and text == canonical(leaf) and sorted(leaf) == LEAF and leaf["v"] == 1
        digest = leaf["payloadDigest"]
    except (ValueError, KeyError, TypeError):
        raise Unproven("chain", f"{where}: its leaf cannot be read")
    require(base64url(sha256(event["payload"].encode())) == digest, "payload", f"{where}: another content")
    missing = leaf.get("stream") == stream and leaf.get("revision", 0) > revision
    require(not missing, "gap", f"{where} is missing")
    payload = json.loads(event["payload"])
    hashed = sha256(b"\0", text.encode())
    holds = whole and base64url(hashed) == leaf_hash and canonical(payload) == event["payload"]
    here = (leaf["stream"], leaf["revision"], leaf["prev"]) == (stream, revision, prev)
    require(holds and here, "chain", f"{where}: it does not stand in its place")
    root = event["leaf"] < size and root_of_path(event["leaf"], size, hashed, hashes(event["proof"], "inclusion"))
    require(root == head, "inclusion", f"{where}: not proven to stand in the log")
    return leaf, leaf_hash, payload


def verify(text, key=None, known=None):
    try:
        bundle = json.loads(text)
        require(canonical(bundle) + "\n" == text, "manifest", "not written as evidence files are")
        members = {"format", "caseId", "streams", "checkpoint", "keys", "known"}
        require(set(bundle) == members and bundle["format"] == "habeas-evidence/1", "manifest", "no evidence file")
    except (ValueError, TypeError):
        raise Unproven("manifest", "no evidence file")
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
    own = streams[0][1]
    require(own and own[-1][0]["type"] == "ExportIssued", "head", "the end is missing")
    said = own[-1][2]["data"]
    before = own[-2] if len(own) > 1 else ({}, None)
    require((said.get("revision"), said.get("leafHash")) == (before[0].get("revision"), before[1]), "head", "issued for another state")
    heads = [{"caseId": name[5:], "revision": events[-1][0]["revision"], "leafHash": events[-1][1]} for name, events in streams[1:] if events]
    require(said.get("merged", []) == heads and len(heads) == len(streams) - 1, "head", "issued for another state of merged cases")
    held = set()
    for leaf, _, payload in (event for _, events in streams for event in events):
        other = "case-" + str(payload["data"].get("caseId"))
        if leaf["type"] == "CaseAbsorbed":
            held.add(other)
        if leaf["type"] == "CaseReleasedFromMerge":
            held.discard(other)
    names = [name for name, _ in streams[1:]]
    require(held <= set(names), "gap", "a merged case is missing")
    require(set(names) <= held and len(set(names)) == len(names), "manifest", "a case that was not merged")
    heads_known = [(size, head)]
    if bundle["known"] is not None:
        its_origin, its_size, its_head = checkpoint(bundle["known"]["checkpoint"], keys, "consistency")
        proof = hashes(bundle["known"]["proof"], "consistency")
        grown = (not proof) if its_size == 0 else its_size <= size and roots_of_growth(its_size, size, proof, its_head) == (its_head, head)
        require(grown and its_origin == origin, "consistency", "the log does not begin with the one named as known")
        heads_known.append((its_size, its_head))
    if known is not None:
        remembered = checkpoint(known, keys, "consistency")
        require(remembered[0] == origin and remembered[1:] in heads_known, "consistency", "not the log that you know")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--key")
    parser.add_argument("--known")
    asked = parser.parse_args()
    with open(asked.file, encoding="utf-8", newline="") as file:
        text = file.read()
    known = open(asked.known, encoding="utf-8", newline="").read() if asked.known else None
    try:
        verify(text, asked.key, known)
    except Unproven as fault:
        print(f"{fault.aspect}: {fault}", file=sys.stderr)
        sys.exit(EXIT[fault.aspect])
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as fault:
        print(f"manifest: {fault!r}", file=sys.stderr)
        sys.exit(EXIT["manifest"])


if __name__ == "__main__":
    main()
