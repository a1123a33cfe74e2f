import { type Problem, problemOf } from '../http';
import { fieldFaults } from './field-faults';

const refused = (body: object): Promise<Problem> => problemOf(new Response(JSON.stringify(body), { status: 400 }));

describe('faults of a refused request', () => {
  it('are all returned, each at its field', async () => {
    const errors = [
      { field: 'scope.sessions[1]', rule: 'invalid_format', message: '应为1至64位标识' },
      { field: 'scope.sessions[3]', rule: 'invalid_format', message: '应为1至64位标识' },
      { field: 'rectifyBy', rule: 'custom', message: '应为YYYY-MM-DD' },
      { field: 'elsewhere', rule: 'unknown_field', message: '未知字段' },
    ];
    const problem = await refused({ title: '请求不符合要求', code: 'request.invalid', field: 'scope.sessions[1]', errors });
    expect(problem.faults).toHaveLength(4);
    expect(fieldFaults(problem, ['sessions', 'rectifyBy', 'reason'])).toEqual([
      { name: 'sessions', errors: ['应为1至64位标识', '应为1至64位标识'] },
      { name: 'rectifyBy', errors: ['应为YYYY-MM-DD'] },
    ]);
  });

  it("are the service's one field where the service names one, in its own spelling", async () => {
    const problem = await refused({ title: '请写明期限', field: 'rectify_by', rule: 'rules §7.9' });
    expect(fieldFaults(problem, ['rectifyBy'])).toEqual([{ name: 'rectifyBy', errors: ['请写明期限'] }]);
    expect(fieldFaults(new Error('network'), ['rectifyBy'])).toEqual([]);
  });
});
