"""What other systems keep about customers: tickets, answers to surveys, opportunities."""
