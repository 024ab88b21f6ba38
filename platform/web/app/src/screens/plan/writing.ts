// What people write into a plan. The program makes the plan anew each time it is read and keeps only what people touched, so a
// part that is touched for the first time is written whole.
import type { Contingency, Plan, PlanQuestion } from "../../backend/schema";
import { did } from "../../parts/changes";
import { call } from "../../state/program";

async function write(table: string, id: string, fields: Record<string, unknown>, words: string): Promise<void> {
    did(words, (await call("record.put", { table, id, fields })).act);
}

export function putObjective(account: string, plan: Plan, objective: string, words: string): Promise<void> {
    return write("call_plan", plan.id, { account, objective, ...(plan.meeting ? { meeting: plan.meeting.id } : {}) }, words);
}

export function putAnswer(account: string, plan: Plan, one: Contingency, answer: string, words: string): Promise<void> {
    return write("contingency", one.id, { account, plan: plan.id, question: one.question, from: one.from?.id ?? null, evidence: one.evidence, answer }, words);
}

export function putQuestion(account: string, plan: Plan, question: PlanQuestion, changes: Record<string, unknown>, words: string): Promise<void> {
    const { text, dimension, status, due, because } = question;
    const whole = {
        account, plan: plan.id, text, dimension, status, due, to: question.to?.id ?? null, owner: question.owner?.id ?? null,
        because: because.code, because_text: because.text, evidence: because.evidence,
    };
    return write("plan_question", question.id, { ...whole, ...changes }, words);
}
