const { Analytics } = require("@segment/analytics-node")

const [, , host, writeKey] = process.argv
const analytics = new Analytics({ host, writeKey })
const timestamp = new Date("2025-01-01T00:00:00.123Z")

analytics.identify({ userId: "ada", traits: { role: "admin" }, timestamp })
analytics.group({ userId: "ada", groupId: "acme", traits: { seats: 20 }, timestamp })
analytics.track({ userId: "ada", event: "Report Viewed", properties: { rows: 12 }, context: { groupId: "acme" }, timestamp })
analytics.page({ userId: "ada", name: "Pricing", timestamp })
analytics.screen({ userId: "ada", name: "Home", timestamp })
analytics.alias({ userId: "ada", previousId: "visitor", timestamp })
analytics.closeAndFlush().then(() => process.exit(0))
