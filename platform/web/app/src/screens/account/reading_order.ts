/** The customer's aim first, then why they move at all, then how they get there. */
export const reading_order = [
    "desired_outcome", "why_change", "cost_of_inaction", "decision_process", "stakeholder", "concern", "competing_option", "timing", "commitment",
] as const;
