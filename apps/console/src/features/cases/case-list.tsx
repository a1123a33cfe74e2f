// Cases of the territory, or of the institution itself, by state; a lead is registered from here.
import { Select } from 'antd';
import { useState } from 'react';
import { cases } from '../../case-api';
import { LinkButton } from '../../link-button';
import { may } from '../../may';
import { useMe } from '../../me';
import { PageCard } from '../../page-card';
import { PagedTable } from '../../paged-table';
import { CASE_STATES } from '../../words/case-words';
import { CASE_COLUMNS } from './case-columns';
import type { Answers } from '../../http';

const STATES = [{ value: '', label: '全部状态' }, ...Object.entries(CASE_STATES).map(([value, { label }]) => ({ value, label }))];

/** Cases of the officer's territory, or of the institution itself, newest first. */
export const CaseList = () => {
  const me = useMe();
  const [state, setState] = useState<Answers['CaseState'] | ''>('');
  const mayOpen = may(me, 'handleCases');
  return (
    <PageCard
      title="案件"
      extra={
        <div className="row">
          <Select
            aria-label="状态"
            value={state}
            onChange={(chosen: Answers['CaseState'] | '') => setState(chosen)}
            options={STATES}
            style={{ width: 160 }}
          />
          {mayOpen && <LinkButton to="/cases/new" label="登记线索" />}
        </div>
      }
    >
      <PagedTable
        label="案件"
        of={state}
        load={(after) => cases.list({ state }, after)}
        columns={CASE_COLUMNS}
        rowKey={(one) => one.caseId}
      />
    </PageCard>
  );
};
