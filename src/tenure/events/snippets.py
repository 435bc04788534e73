"""What to paste into a product so that its SDK sends to Tenure: one snippet per client."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Snippet:
    """`install` is a shell line, `code` goes into the product; both are complete but for the product's own names."""

    key: str
    name: str
    install: str
    code: str


def snippets(url: str, key: str) -> list[Snippet]:
    """Snippets for a server at `url` (without a slash at its end) and a write key."""
    return [
        Snippet("curl", "cURL", "", _CURL.format(url=url, key=key)),
        Snippet(
            "segment-python",
            "Segment · Python",
            "pip install segment-analytics-python",
            _SEGMENT_PYTHON.format(url=url, key=key),
        ),
        Snippet(
            "segment-node",
            "Segment · Node.js",
            "npm install @segment/analytics-node",
            _SEGMENT_NODE.format(url=url, key=key),
        ),
        Snippet(
            "rudder-node",
            "RudderStack · Node.js",
            "npm install @rudderstack/rudder-sdk-node",
            _RUDDER_NODE.format(url=url, key=key),
        ),
        Snippet(
            "sensors-python",
            "Sensors · Python",
            "pip install SensorsAnalyticsSDK",
            _SENSORS_PYTHON.format(url=url, key=key),
        ),
        Snippet("sensors-web", "Sensors · Web", "npm install sa-sdk-javascript", _SENSORS_WEB.format(url=url, key=key)),
        Snippet("posthog-python", "PostHog · Python", "pip install posthog", _POSTHOG_PYTHON.format(url=url, key=key)),
        Snippet(
            "posthog-node", "PostHog · Node.js", "npm install posthog-node", _POSTHOG_NODE.format(url=url, key=key)
        ),
    ]


_CURL = """curl {url}/v1/events \\
  -H 'Authorization: Bearer {key}' \\
  -H 'Content-Type: application/json' \\
  -d '{{"event": "Report Viewed", "user": "ada", "account": "acme", "properties": {{"rows": 12}}}}'"""

_SEGMENT_PYTHON = """import segment.analytics as analytics

analytics.write_key = "{key}"
analytics.host = "{url}"

analytics.group("ada", "acme", {{"name": "Acme Ltd", "seats": 20}})
analytics.track("ada", "Report Viewed", {{"rows": 12}}, context={{"groupId": "acme"}})
analytics.flush()"""

_SEGMENT_NODE = """import {{ Analytics }} from "@segment/analytics-node"

const analytics = new Analytics({{ writeKey: "{key}", host: "{url}" }})

analytics.group({{ userId: "ada", groupId: "acme", traits: {{ name: "Acme Ltd", seats: 20 }} }})
analytics.track({{ userId: "ada", event: "Report Viewed", properties: {{ rows: 12 }}, context: {{ groupId: "acme" }} }})
await analytics.closeAndFlush()"""

_RUDDER_NODE = """import RudderAnalytics from "@rudderstack/rudder-sdk-node"

const analytics = new RudderAnalytics("{key}", {{ dataPlaneUrl: "{url}" }})

analytics.group({{ userId: "ada", groupId: "acme", traits: {{ name: "Acme Ltd", seats: 20 }} }})
analytics.track({{ userId: "ada", event: "Report Viewed", properties: {{ rows: 12 }}, context: {{ groupId: "acme" }} }})
analytics.flush()"""

_SENSORS_PYTHON = """import sensorsanalytics

consumer = sensorsanalytics.BatchConsumer("{url}/sa?project=default&token={key}")
sa = sensorsanalytics.SensorsAnalytics(consumer)

sa.track("ada", "ViewReport", {{"account_id": "acme", "rows": 12}}, is_login_id=True)
sa.flush()"""

_SENSORS_WEB = """import sensors from "sa-sdk-javascript"

sensors.init({{ server_url: "{url}/sa?project=default&token={key}", show_log: false }})
sensors.registerPage({{ account_id: "acme" }})
sensors.login("ada")
sensors.track("ViewReport", {{ rows: 12 }})"""

_POSTHOG_PYTHON = """from posthog import Posthog

posthog = Posthog("{key}", host="{url}")

posthog.group_identify("company", "acme", {{"name": "Acme Ltd", "seats": 20}})
posthog.capture("report viewed", distinct_id="ada", properties={{"rows": 12}}, groups={{"company": "acme"}})
posthog.flush()"""

_POSTHOG_NODE = """import {{ PostHog }} from "posthog-node"

const posthog = new PostHog("{key}", {{ host: "{url}" }})

posthog.groupIdentify({{ groupType: "company", groupKey: "acme", properties: {{ name: "Acme Ltd", seats: 20 }} }})
posthog.capture({{
  distinctId: "ada", event: "report viewed", properties: {{ rows: 12 }}, groups: {{ company: "acme" }},
}})
await posthog.shutdown()"""
