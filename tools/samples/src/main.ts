// Adds a released sample for every event that has none. Run this after an event was added to proto/, and commit the
// written file:
//   node tools/build/build.mts tools/samples && node dist/tools/samples/main.js
import { addMissing, readTopics } from './samples';

for (const sampled of readTopics(process.cwd())) {
  const added = addMissing(sampled);
  console.log(`${sampled.topic.name}: ${added.length === 0 ? 'nothing to add' : `added ${added.join(', ')}`}`);
}
