"""A caller of the script as configuration of librdkafka."""

import base64
import json


def connection(script, step, **more):
    """What a client needs to connect as the step's caller, and what else the step wants of it."""
    caller = script["callers"][step["as"]]
    config = {
        "bootstrap.servers": caller.get("bootstrap", script.get("bootstrap")),
        "client.id": "conformance",
        "socket.timeout.ms": 15_000,
        "reconnect.backoff.max.ms": 500,
        "log_level": 0,
        **security(caller),
        **more,
    }
    return config


def security(caller):
    mechanism = caller.get("mechanism", "NONE")
    sasl = mechanism not in ("NONE", "MTLS")
    encrypted = "ca" in caller
    config = {"security.protocol": ("SASL_" if sasl else "") + ("SSL" if encrypted else "PLAINTEXT")}
    if encrypted:
        config["ssl.ca.location"] = caller["ca"]
    if "certificate" in caller:
        config["ssl.certificate.location"] = caller["certificate"]
        config["ssl.key.location"] = caller["key"]
    if not sasl:
        return config
    config["sasl.mechanism"] = mechanism
    if mechanism == "OAUTHBEARER":
        config["oauth_cb"] = lambda _: token(caller["token_file"])
    else:
        config["sasl.username"] = caller["username"]
        config["sasl.password"] = caller["password"]
    return config


def token(path):
    with open(path, encoding="utf-8") as file:
        value = file.read().strip()
    middle = value.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    return value, float(claims["exp"]), claims["sub"], {}
