// Public check whether a certificate is valid. A void certificate is reported as void, with the time and the notice, never as "not found".
import { useQuery } from '@tanstack/react-query';
import { Alert, Descriptions, Input, type InputRef, Result } from 'antd';
import { typedNumber } from '@hengji/province';
import { useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api } from '../../api';
import { type Answers, Problem } from '../../http';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { moment } from '../../words/field-words';
import { PublicFrame } from './public-frame';

const Facts = ({ answer }: { answer: Answers['PublicAnswer'] }) => (
  <Descriptions bordered column={2} size="small">
    <Descriptions.Item label="证书编号">
      <span className="mono">{answer.number}</span>
    </Descriptions.Item>
    {answer.nameMatches !== undefined && (
      <Descriptions.Item label="姓名核对">{answer.nameMatches ? '与所填姓名相符' : '与所填姓名不符'}</Descriptions.Item>
    )}
    <Descriptions.Item label="评价机构">{answer.institutionName}</Descriptions.Item>
    <Descriptions.Item label="职业">
      {answer.occupation} {answer.occupationName}
    </Descriptions.Item>
    <Descriptions.Item label="等级">{answer.levelName}</Descriptions.Item>
    <Descriptions.Item label="发证日期">{answer.issuedOn}</Descriptions.Item>
    {answer.status === 'void' && (
      <>
        <Descriptions.Item label="作废时间">{moment(answer.voidSince)}</Descriptions.Item>
        <Descriptions.Item label="作废依据">{answer.voidDocumentNo}</Descriptions.Item>
      </>
    )}
    <Descriptions.Item label="查验时点">{moment(answer.asOf)}</Descriptions.Item>
  </Descriptions>
);

const Answer = ({ answer }: { answer: Answers['PublicAnswer'] }) => (
  <>
    {answer.status === 'void' ? (
      <Result status="error" title="该证书已作废" subTitle={`自 ${moment(answer.voidSince)} 起作废，依据 ${answer.voidDocumentNo ?? ''}`} />
    ) : (
      <Result status="success" title="该证书有效" />
    )}
    <Facts answer={answer} />
  </>
);

export const VerifyPage = () => {
  const { number } = useParams();
  const navigate = useNavigate();
  const [typedName, setTypedName] = useState('');
  // Not in the address: addresses are stored and shared.
  const [name, setName] = useState('');
  const lookup = useQuery({
    queryKey: ['public-certificate', number, name],
    queryFn: () => api.publicCertificate(number ?? '', name),
    enabled: number !== undefined,
  });
  // While another number is requested, the previous answer is hidden.
  const answer = lookup.isFetching ? undefined : lookup.data;
  const problem = lookup.isFetching ? undefined : lookup.error;
  const numberInput = useRef<InputRef>(null);
  const ask = (typed: string): void => {
    const [wanted, called] = [typedNumber(typed), typedName.trim()];
    // The same question is sent again: after "cannot answer now", or when time has passed.
    if (wanted === number && called === name) return void lookup.refetch();
    setName(called);
    void navigate(`/verify/${encodeURIComponent(wanted)}`);
  };
  const unknown = problem instanceof Problem && problem.status === 404;
  return (
    <PublicFrame>
      <PageCard title="职业技能等级证书查验">
        <Input
          aria-label="持证人姓名"
          placeholder="持证人姓名(选填,用于核对)"
          maxLength={64}
          value={typedName}
          onChange={(event) => setTypedName(event.target.value)}
          onPressEnter={() => ask(numberInput.current?.input?.value ?? '')}
          style={{ maxWidth: 560, marginBottom: 8, display: 'block' }}
        />
        <Input.Search
          key={number}
          ref={numberInput}
          defaultValue={number}
          size="large"
          aria-label="证书编号"
          placeholder="22位证书编号"
          enterButton="查验"
          loading={lookup.isFetching}
          maxLength={40}
          onSearch={ask}
          style={{ maxWidth: 560, marginBottom: 16 }}
        />
        {unknown ? (
          <Alert
            type="warning"
            showIcon
            title="登记中没有这个编号"
            description="请核对证书编号。登记中没有的编号不能作为职业技能等级证书使用。"
          />
        ) : (
          <ProblemAlert problem={problem} />
        )}
        {answer !== undefined && <Answer answer={answer} />}
      </PageCard>
    </PublicFrame>
  );
};
