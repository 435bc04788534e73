const RudderAnalytics = require("@rudderstack/rudder-sdk-node")

const [, , host, writeKey] = process.argv
const analytics = new RudderAnalytics(writeKey, { dataPlaneUrl: host, flushAt: 20 })
const timestamp = new Date("2025-01-01T00:00:00.123Z")

analytics.identify({ userId: "ada", traits: { role: "admin" }, timestamp })
analytics.group({ userId: "ada", groupId: "acme", traits: { seats: 20 }, timestamp })
analytics.track({ userId: "ada", event: "Report Viewed", properties: { rows: 12 }, timestamp })
analytics.flush(() => setTimeout(() => process.exit(0), 500))
