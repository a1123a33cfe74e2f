// The occupations and levels (职业工种和等级) of an order's scope, one line for each.
import { Button, Form, Select, Space } from 'antd';
import { isCertificateLevel, LEVELS } from '@hengji/province';
import { OccupationSelect } from '../../forms/occupation-select';

const GRADES = Object.values(LEVELS)
  .filter(({ digit }) => isCertificateLevel(digit))
  .map(({ digit, name }) => ({ value: digit, label: name }));

export const OccupationLines = () => (
  <Form.Item label="职业和等级">
    <Form.List name="occupations">
      {(lines, { add, remove }) => (
        <Space orientation="vertical">
          {lines.map(({ key, name }) => (
            <Space key={key} align="start">
              <Form.Item name={[name, 'occupation']} rules={[{ required: true, message: '请选择职业' }]} noStyle>
                <OccupationSelect />
              </Form.Item>
              <Form.Item name={[name, 'level']} rules={[{ required: true, message: '请选择等级' }]} noStyle>
                <Select aria-label="等级" placeholder="等级" options={GRADES} style={{ width: 150 }} />
              </Form.Item>
              <Button onClick={() => remove(name)}>移除</Button>
            </Space>
          ))}
          <Button onClick={() => add({})}>添加职业</Button>
        </Space>
      )}
    </Form.List>
  </Form.Item>
);
