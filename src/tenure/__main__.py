from tenure.cli.main import main

raise SystemExit(main())
