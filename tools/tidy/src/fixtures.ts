// One small tree per rule that the rule must reject. Without a fixture, nothing proves that a rule can fail.
import type { RULES } from './rules';
import type { Tree } from './tree';

const lines = (n: number): string => 'const x = 1;\n'.repeat(n);
const tree = (...entries: [path: string, text: string][]): Tree => new Map(entries);

export const FIXTURES = {
  sizes: [
    tree(['apps/exam/src/domain/plan.ts', lines(301)]),
    tree(['apps/exam/src/compose.ts', lines(101)]),
    tree(['apps/exam/src/compose/index.ts', lines(101)]),
    tree(['apps/exam/test/plan.int.spec.ts', lines(301)]),
  ],
  kitSize: [tree(['libs/domain-kit/src/a.ts', lines(200)], ['libs/domain-kit/src/b.ts', lines(200)])],
  serviceSize: [
    tree(...Array.from({ length: 11 }, (_, i): [string, string] => [`apps/exam/src/domain/p${i}.ts`, lines(290)])),
    tree(...Array.from({ length: 67 }, (_, i): [string, string] => [`apps/enforcement/src/domain/p${i}.ts`, lines(290)])),
  ],
  folderSize: [tree(...Array.from({ length: 16 }, (_, i): [string, string] => [`apps/exam/src/domain/p${i}.ts`, '']))],
  names: [
    tree(['apps/exam/src/domain/utils.ts', '']),
    tree(['apps/exam/src/domain/PlanStore.ts', '']),
    tree(['apps/exam/src/domain/plan.ts', 'export class PlanManager {}']),
    tree(['apps/exam/src/domain/plan.ts', 'export interface IPlan {}']),
  ],
  knownLibs: [tree(['libs/common/src/index.ts', ''])],
  rooms: [tree(['apps/exam/src/services/plan.ts', '']), tree(['apps/exam/src/adapters/mail/send.ts', ''])],
  furnishing: [
    tree(
      ['apps/exam/src/main.ts', ''],
      ['apps/exam/src/compose.ts', ''],
      ['apps/exam/src/config.ts', ''],
      ['apps/exam/project.json', '{}'],
    ),
    tree(
      ['apps/exam/README.md', '# exam'],
      ['apps/exam/src/main.ts', ''],
      ['apps/exam/src/config.ts', ''],
      ['apps/exam/project.json', '{}'],
    ),
  ],
  todos: [tree(['apps/exam/src/domain/plan.ts', '// TODO later'])],
  openings: [tree(['apps/exam/src/domain/plan.ts', lines(41)])],
  softTests: [
    tree(['apps/exam/src/domain/plan.spec.ts', "it.only('x', () => undefined)"]),
    tree(['apps/exam/src/domain/plan.spec.ts', "jest.mock('./plan')"]),
    tree(['apps/exam/src/domain/plan.spec.ts', 'expect(true).toBe(true)']),
  ],
  sortsText: [
    tree(['libs/messaging/src/a.ts', 'const sql = `SELECT id::text, key FROM parked WHERE key = $1 ORDER BY id LIMIT 1`;']),
    tree(['libs/messaging/src/a.ts', 'const sql = `SELECT seq::text AS number FROM parked ORDER BY key, number`;']),
  ],
  clauses: [tree(['apps/exam/src/domain/result.ts', "rule: 'N3.7f'"])],
  sessions: [
    tree(['apps/exam/src/adapters/store/database.ts', 'new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) })']),
    tree(['tools/start/databases.mts', 'const client = new pg.Client(url);']),
    tree(['tools/start/databases.mts', 'const client = new pg.Client(databaseSession(url));']),
    tree(['apps/e2e/src/order.e2e.spec.ts', 'const pool = new Pool({ connectionString: url });']),
  ],
  elapsed: [tree(['libs/messaging/src/inbox/progress.ts', 'const since = Date.now();'])],
  orphans: [tree(['apps/exam/src/domain/plan.ts', 'export const a = 1;'], ['apps/exam/src/main.ts', "import './session';"])],
  targets: [
    tree(['apps/exam/project.json', '{ "targets": { "integration": {} } }'], ['apps/exam/src/domain/plan.spec.ts', '']),
    tree(['apps/exam/project.json', '{ "targets": { "unit": {} } }'], ['apps/exam/test/plan.int.spec.ts', '']),
    tree(['apps/e2e/project.json', '{}'], ['apps/e2e/src/order.e2e.spec.ts', '']),
    tree(['tools/launch/step.spec.ts', '']),
  ],
  contracts: [
    tree(['proto/hengji/exam/v1/exam_events.proto', 'message ExamEvent {\n  oneof body {\n    PlanPublished plan_published = 10;\n  }\n}']),
    tree(['libs/contracts/src/topics.ts', "exam: topic<ExamEvent>('exam.v1', 'exam', ExamEvent)"]),
  ],
  refusals: [
    tree(['apps/exam/src/domain/plan.ts', "throw new Refusal('invalid', 'plan.date_invalid', '考试日期不能早于今天')"]),
    tree(['apps/exam/src/domain/plan.ts', "throw new Refusal(\n  kind,\n  'plan.date_invalid',\n  message,\n)"]),
    tree(['apps/exam/src/domain/fields.ts', "throw invalid('level.invalid', '职业技能等级应为1至5', field)"]),
    tree(['apps/exam/src/domain/plan.ts', "calendarDay(plan.examDate, `${field}.exam_date`, 'plan.date_invalid')"]),
    tree(['apps/verify/src/adapters/http/app.ts', "sendProblem(response, { status: 500, code: 'internal', title: '系统内部错误' })"]),
    tree(
      ['docs/REFUSALS.md', '| `plan.date_invalid` | invalid | a day that is none |'],
      ['apps/exam/src/domain/plan.ts', '// plan.date_invalid'],
    ),
    tree(
      ['docs/REFUSALS.md', '| `plan.id_taken` | conflict | the id is taken |'],
      ['apps/exam/src/domain/plan.ts', 'refuse(`${noun}.taken`)'],
    ),
    tree(
      ['docs/REFUSALS.md', '| `plan.unknown` | notFound | no such plan |\n| `plan.unknown` | notFound | no such plan |'],
      ['apps/exam/src/domain/plan.ts', "new Refusal('notFound', 'plan.unknown', '计划不存在')"],
    ),
  ],
  acts: [
    tree(
      [
        'proto/hengji/exam/v1/exam_service.proto',
        'service ExamService {\n  rpc CreatePlan(CreatePlanRequest) returns (CreatePlanResponse);\n}',
      ],
      ['apps/exam/src/adapters/grpc/acts.ts', "export const ACTS = {\n  openSession: { on: 'session' },\n} satisfies ActTable<X>;"],
    ),
    tree(
      [
        'proto/hengji/exam/v1/exam_service.proto',
        'service ExamService {\n  rpc CreatePlan(CreatePlanRequest) returns (CreatePlanResponse);\n}',
      ],
      ['apps/exam/src/adapters/grpc/acts.ts', "export const ACTS = {\n  createPlan: 'reads',\n} satisfies ActTable<X>;"],
    ),
    tree(
      [
        'proto/hengji/exam/v1/exam_service.proto',
        'service ExamService {\n  rpc CreatePlan(CreatePlanRequest) returns (CreatePlanResponse);\n}',
      ],
      ['apps/exam/src/adapters/grpc/acts.ts', "export const ACTS = {\n  createPlan: { on: 'plan' },\n} satisfies ActTable<X>;"],
      ['libs/contracts/src/lists/act-words.ts', "export const ACT_WORDS = {\n  CreatePlan: '制定考务计划',\n}"],
    ),
  ],
  serviceNames: [
    tree(['tools/start/services.mts', "const PARTICIPANTS = ['approval', 'exam', 'certificate', 'subsidy', 'exchange'];"]),
    tree(['apps/supervision/project.json', '{}']),
    tree(['docker-compose.yml', 'services:\n  exam:\n    build: .\n']),
  ],
  sqlTemplates: [
    tree(['libs/messaging/src/task.ts', "const ready = sql`run_at > now() + interval '${restMs} ms'`;"]),
    tree(['libs/messaging/src/task.ts', "const ready = sql`kind = ${kind} AND ${again ? sql`state = '${state}'` : empty}`;"]),
  ],
  schemaCopies: [
    tree(
      ['apps/exam/prisma/migrations/0001_exam/schema.prisma', 'model Plan {}'],
      ['apps/exam/prisma/migrations/0002_lists/schema.prisma', 'model Plan {}'],
    ),
  ],
  citations: [
    tree(['apps/exam/src/domain/limits.ts', "  basis: '专项整治通知（五）',"]),
    tree(['apps/exam/src/domain/limits.ts', "  basis: '《关于加强职业技能评价规范管理工作有关事项的通知》三、（八）',"]),
    tree(['apps/exam/src/domain/limits.ts', "  basis: '评价工作规程',"]),
    tree(['apps/exam/src/domain/plan.ts', "  rule: '行政处罚法第四十四条、第九十九条',"]),
    tree(['apps/exam/src/domain/plan.ts', "  rule: '职业技能法第十二条',"]),
    tree(['apps/exam/src/domain/plan.ts', '// The papers are handed over: 310号令 §13.']),
    tree(['apps/exam/src/domain/plan.ts', "  '依据《中华人民共和国行政强制法》第五十三条、第六十二条的规定'"]),
    tree(['apps/console/src/words/rules.ts', "  'N2.2': '通知二（二）评价类别',"]),
  ],
} as const satisfies Record<keyof typeof RULES, readonly Tree[]>;
