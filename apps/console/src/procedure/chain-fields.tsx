// What steps about the people and the authority of a file ask for: its officers (承办人), the number of the document on which the step rests
// (文号), and the authority that gets the file (指定管辖).
import { useQuery } from '@tanstack/react-query';
import { AUTHORITIES, authorityShortName, PROVINCE } from '@hengji/province';
import { Form, Input, Select } from 'antd';
import { ProblemAlert } from '../problem-alert';
import { tasks } from '../task-api';

/** The values as typed. */
export interface ChainTyped {
  readonly officerIds?: string[];
  readonly documentNo?: string;
  readonly counterpart?: string;
}

/** The values that a step with these needs sends; no others, whatever was typed for another step. */
export const chainOf = (needs: readonly string[], { officerIds = [], documentNo = '', counterpart = '' }: ChainTyped): ChainTyped => ({
  ...(needs.includes('OFFICERS') ? { officerIds } : {}),
  ...(needs.includes('DOCUMENT_NO') ? { documentNo: documentNo.trim() } : {}),
  ...(needs.includes('AUTHORITY') ? { counterpart } : {}),
});

/** The officers in the sequence in which they are chosen: the first is the main one. */
const OfficersField = () => {
  const officers = useQuery({ queryKey: ['task-officers'], queryFn: tasks.officers });
  return (
    <>
      <ProblemAlert problem={officers.error} />
      <Form.Item
        name="officerIds"
        label="承办人（至少两名，先选的为主办）"
        rules={[{ required: true, message: '请选择承办人' }]}
        extra="没有列出的人员，登录后打开一次工作台即可选择。"
      >
        <Select
          mode="multiple"
          aria-label="承办人"
          placeholder="选择本部门经办人员"
          optionFilterProp="label"
          options={(officers.data?.items ?? []).map(({ officerId, name }) => ({ value: officerId, label: name === '' ? officerId : name }))}
        />
      </Form.Item>
    </>
  );
};

const CITIES = AUTHORITIES.filter((code) => code !== PROVINCE).map((code) => ({ value: code, label: authorityShortName(code) }));

export const ChainFields = ({ needs }: { needs: readonly string[] }) => (
  <>
    {needs.includes('OFFICERS') && <OfficersField />}
    {needs.includes('AUTHORITY') && (
      <Form.Item name="counterpart" label="指定的主管部门" rules={[{ required: true, message: '请选择主管部门' }]}>
        <Select aria-label="指定的主管部门" placeholder="选择市（含沈抚示范区）" options={CITIES} />
      </Form.Item>
    )}
    {needs.includes('DOCUMENT_NO') && (
      <Form.Item name="documentNo" label="依据文件的文号" rules={[{ required: true, whitespace: true, message: '请填写文号' }]}>
        <Input maxLength={100} placeholder="如 辽人社函〔2026〕1号" />
      </Form.Item>
    )}
  </>
);
