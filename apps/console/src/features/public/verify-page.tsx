// Public check whether a certificate is valid. A void certificate is reported as void, with the time and the notice, never as "not found".
import { useQuery } from '@tanstack/react-query';
import { Alert, Descriptions, Input, Result } from 'antd';
import { certificateNumberFault, typedCertificateNumber, typedName } from '@hengji/province';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api } from '../../api';
import { Understood } from '../../forms/understood';
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

const Outcome = ({
  fault,
  problem,
  answer,
}: {
  fault: string | undefined;
  problem: Error | null | undefined;
  answer: Answers['PublicAnswer'] | undefined;
}) => {
  if (fault !== undefined) return <ProblemAlert problem={new Problem(400, 'certificate.number_invalid', fault, { field: 'number' })} />;
  if (problem instanceof Problem && problem.status === 404) {
    return (
      <Alert
        type="warning"
        showIcon
        title="登记中没有这个编号"
        description="请核对证书编号。登记中没有的编号不能作为职业技能等级证书使用。"
      />
    );
  }
  return (
    <>
      <ProblemAlert problem={problem} />
      {answer !== undefined && <Answer answer={answer} />}
    </>
  );
};

/** What is no certificate number is not sent: it may be the number of a person. */
const faultOf = (typed: string | undefined): string | undefined => (typed === undefined ? undefined : certificateNumberFault(typed));

/** The number's field follows the address. */
const useTyped = (number: string | undefined) => {
  const [typed, setTyped] = useState({ text: number ?? '', of: number, fault: faultOf(number) });
  if (typed.of !== number) setTyped({ text: number ?? '', of: number, fault: faultOf(number) });
  return { ...typed, set: (text: string, fault?: string) => setTyped({ text, of: number, fault }) };
};

export const VerifyPage = () => {
  const { number } = useParams();
  const navigate = useNavigate();
  const [calledAs, setCalledAs] = useState('');
  // Not in the address: addresses are stored and shared.
  const [name, setName] = useState('');
  const typed = useTyped(number);
  const lookup = useQuery({
    queryKey: ['public-certificate', number, name],
    queryFn: () => api.publicCertificate(number ?? '', name),
    enabled: number !== undefined && faultOf(number) === undefined,
  });
  // While another number is requested, the previous answer is hidden.
  const found = lookup.isFetching ? { answer: undefined, problem: undefined } : { answer: lookup.data, problem: lookup.error };
  const ask = (): void => {
    const fault = faultOf(typed.text);
    if (fault !== undefined) return typed.set(typed.text, fault);
    const [wanted, called] = [typedCertificateNumber(typed.text), typedName(calledAs)];
    // The same question is sent again: after "cannot answer now", or when time has passed.
    if (wanted === number && called === name) return void lookup.refetch();
    setName(called);
    void navigate(`/verify/${encodeURIComponent(wanted)}`);
  };
  return (
    <PublicFrame>
      <PageCard title="职业技能等级证书查验">
        <Input
          aria-label="持证人姓名"
          placeholder="持证人姓名(选填,用于核对)"
          maxLength={64}
          value={calledAs}
          onChange={(event) => setCalledAs(event.target.value)}
          onPressEnter={ask}
          style={{ maxWidth: 560, marginBottom: 8, display: 'block' }}
        />
        <Input.Search
          value={typed.text}
          onChange={(event) => typed.set(event.target.value)}
          size="large"
          aria-label="证书编号"
          placeholder="22位证书编号"
          enterButton="查验"
          loading={lookup.isFetching}
          maxLength={200}
          onSearch={ask}
          style={{ maxWidth: 560 }}
        />
        <div style={{ minHeight: 24, marginBottom: 8 }}>
          <Understood typed={typed.text} read={typedCertificateNumber} />
        </div>
        <Outcome fault={typed.fault} {...found} />
      </PageCard>
    </PublicFrame>
  );
};
