const { PostHog } = require("posthog-node")

const [, , host, key] = process.argv
const posthog = new PostHog(key, { host })
const timestamp = new Date("2025-01-01T00:00:00.123Z")

posthog.identify({ distinctId: "ada", properties: { role: "admin" } })
posthog.groupIdentify({ groupType: "company", groupKey: "acme", properties: { seats: 20 } })
posthog.capture({ distinctId: "ada", event: "report viewed", properties: { rows: 12 }, groups: { company: "acme" }, timestamp })
posthog.alias({ distinctId: "visitor", alias: "ada" })
posthog.getAllFlags("ada")
  .then((flags) => { if (Object.keys(flags).length) throw new Error("flags out of nowhere") })
  .then(() => posthog.shutdown())
