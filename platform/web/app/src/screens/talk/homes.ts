// Where each kind of conversation has its address.
import type { Kind } from "../../backend/schema";

export const home_of: Record<Kind, string> = {
    debrief: "/debrief", deal_review: "/review", plan_review: "/review", competitive_review: "/review",
    rehearsal: "/rehearsal", coaching: "/coaching/talk",
};
