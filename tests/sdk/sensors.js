const SensorsAnalytics = require("sa-sdk-node")

const [, , url] = process.argv
const sa = new SensorsAnalytics()
sa.submitTo({ url, gzip: true, mode: "track" })

sa.registerSuperProperties({ account_id: "acme" })
sa.track("ada", "ViewReport", { rows: 12, $time: new Date("2025-01-01T00:00:00.123Z") })
sa.trackSignup("ada", "visitor", {})
sa.profileSet("ada", { role: "admin" })
setTimeout(() => process.exit(0), 1500)
