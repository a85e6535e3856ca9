"""Runs the steps of a script with confluent-kafka (librdkafka) and prints one line of JSON for each."""

import json
import sys
import time

from confluent_kafka import KafkaException

import administration
import records

STEPS = {**records.STEPS, **administration.STEPS}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        script = json.load(file)
    for step in script["steps"]:
        print(json.dumps(answer(script, step), default=str), flush=True)


def answer(script, step):
    result = {"step": step.get("name", step["step"])}
    start = time.monotonic()
    run = STEPS.get(step["step"])
    if run is None:
        return {**result, "ok": False, "error": "UnsupportedStep", "detail": f"this client has no step `{step['step']}`"}
    try:
        result.update(ok=True, detail=run(script, step))
    except Exception as thrown:  # Whatever a client throws is what the step found out.
        result.update(ok=False, **describe(thrown))
    result["millis"] = int((time.monotonic() - start) * 1000)
    return result


def describe(thrown):
    """Kafka's name for an error where there is one, else the name of the exception."""
    name = type(thrown).__name__
    if isinstance(thrown, KafkaException):
        name = thrown.args[0].name()
    return {"error": name, "class": type(thrown).__name__, "detail": str(thrown)}


main()
