// The application: the signed-in person, the frame and the routes. Public pages need no sign-in.
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { ConfigProvider, App as Feedback, Spin } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import { Suspense, lazy } from 'react';
import { Navigate, Outlet, Route, Routes } from 'react-router';
import { api } from './api';
import { Frame } from './frame/frame';
import { OnlyFor } from './forms/only-for';
import { SignInPage } from './features/sign-in/sign-in-page';
import { Me } from './me';
import { PageCard } from './page-card';
import { queries } from './queries';

const ActsPage = lazy(() => import('./features/acts/acts-page').then((m) => ({ default: m.ActsPage })));
const CalendarPage = lazy(() => import('./features/calendar/calendar-page').then((m) => ({ default: m.CalendarPage })));
const CaseList = lazy(() => import('./features/cases/case-list').then((m) => ({ default: m.CaseList })));
const CasePage = lazy(() => import('./features/cases/case-page').then((m) => ({ default: m.CasePage })));
const LeadForm = lazy(() => import('./features/cases/lead-form').then((m) => ({ default: m.LeadForm })));
const DeadlineBoard = lazy(() => import('./features/deadlines/deadline-board').then((m) => ({ default: m.DeadlineBoard })));
const InstitutionList = lazy(() => import('./features/institutions/institution-list').then((m) => ({ default: m.InstitutionList })));
const ParameterPage = lazy(() => import('./features/parameters/parameter-page').then((m) => ({ default: m.ParameterPage })));
const RemedyForm = lazy(() => import('./features/remedies/remedy-form').then((m) => ({ default: m.RemedyForm })));
const RemedyList = lazy(() => import('./features/remedies/remedy-list').then((m) => ({ default: m.RemedyList })));
const RemedyPage = lazy(() => import('./features/remedies/remedy-page').then((m) => ({ default: m.RemedyPage })));
const RecordsPage = lazy(() => import('./features/records/records-page').then((m) => ({ default: m.RecordsPage })));
const InstitutionPage = lazy(() => import('./features/institutions/institution-page').then((m) => ({ default: m.InstitutionPage })));
const OrderList = lazy(() => import('./features/orders/order-list').then((m) => ({ default: m.OrderList })));
const OrderPage = lazy(() => import('./features/orders/order-page').then((m) => ({ default: m.OrderPage })));
const EditPage = lazy(() => import('./features/drafts/edit-page').then((m) => ({ default: m.EditPage })));
const OrderWizard = lazy(() => import('./features/drafts/order-wizard').then((m) => ({ default: m.OrderWizard })));
const MessageList = lazy(() => import('./features/operations/message-list').then((m) => ({ default: m.MessageList })));
const ParkedPage = lazy(() => import('./features/operations/parked-page').then((m) => ({ default: m.ParkedPage })));
const Home = lazy(() => import('./features/home/home').then((m) => ({ default: m.Home })));
const PersonPage = lazy(() => import('./features/people/person-page').then((m) => ({ default: m.PersonPage })));
const RecoveryPage = lazy(() => import('./features/recoveries/recovery-page').then((m) => ({ default: m.RecoveryPage })));
const SearchPage = lazy(() => import('./features/search/search-page').then((m) => ({ default: m.SearchPage })));
const UsccCheckPage = lazy(() => import('./features/uscc-checks/uscc-check-page').then((m) => ({ default: m.UsccCheckPage })));
const VerifyPage = lazy(() => import('./features/public/verify-page').then((m) => ({ default: m.VerifyPage })));
const DecisionsPage = lazy(() => import('./features/public/decisions-page').then((m) => ({ default: m.DecisionsPage })));
const DecisionPage = lazy(() => import('./features/public/decision-page').then((m) => ({ default: m.DecisionPage })));
const DirectoryPage = lazy(() => import('./features/public/directory-page').then((m) => ({ default: m.DirectoryPage })));

/** The contrast of antd's greys, links and state colours is below WCAG AA on white and on their own tints; these colours meet WCAG AA. */
const THEME = {
  token: {
    colorPrimary: '#0b5cad',
    colorInfo: '#0b5cad',
    colorLink: '#0b5cad',
    // antd's own hover colour is lighter than WCAG AA allows for text.
    colorLinkHover: '#083f78',
    colorLinkActive: '#083f78',
    colorError: '#b42318',
    colorSuccess: '#19692f',
    colorWarning: '#8a4b00',
    colorInfoBg: '#e8f1fb',
    colorErrorBg: '#fdecea',
    colorSuccessBg: '#e6f4ea',
    colorWarningBg: '#fff3dc',
    colorTextTertiary: '#55606e',
    colorTextDescription: '#55606e',
    colorTextDisabled: '#66707c',
    colorTextPlaceholder: '#66707c',
    borderRadius: 4,
    fontSize: 14,
    // No animations: officers' PCs are old, and text that fades in is too pale to read for a moment.
    motion: false,
  },
};

const Waiting = () => (
  <div className="waiting" role="status" aria-label="正在加载">
    <Spin />
  </div>
);

/** The page on which a sign-in in another tab ends. */
const SignedInAgain = () => (
  <PageCard title="已登录">
    <p>可以关闭本页，回到原来的页面继续；已填写的内容仍在。</p>
  </PageCard>
);

const SignedIn = () => {
  const me = useQuery({ queryKey: ['me'], queryFn: api.me });
  if (me.data !== undefined) {
    return (
      <Me.Provider value={me.data}>
        <Frame>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </Frame>
      </Me.Provider>
    );
  }
  return me.isFetching ? <Waiting /> : <SignInPage problem={me.error} />;
};

/** Pages with a form that only some roles may send. */
const ONLY_FOR = [
  { path: '/cases/new', act: 'openCases', title: '登记线索', page: <LeadForm /> },
  { path: '/cases/:id/remedies/new', act: 'openRemedies', title: '登记复议、诉讼', page: <RemedyForm /> },
  { path: '/people', act: 'lookUpPeople', title: '人员查询', page: <PersonPage /> },
  { path: '/orders/new', act: 'draftOrders', title: '起草处理决定', page: <OrderWizard /> },
  { path: '/orders/:id/edit', act: 'draftOrders', title: '修改草稿', page: <EditPage /> },
] as const;

export const App = () => (
  <QueryClientProvider client={queries}>
    <ConfigProvider locale={zhCN} theme={THEME} button={{ autoInsertSpace: false }}>
      <Feedback>
        <Suspense fallback={<Waiting />}>
          <Routes>
            <Route path="/verify/:number?" element={<VerifyPage />} />
            <Route path="/directory" element={<DirectoryPage />} />
            <Route path="/decisions" element={<DecisionsPage />} />
            <Route path="/decisions/:id" element={<DecisionPage />} />
            <Route element={<SignedIn />}>
              <Route path="/" element={<Home />} />
              <Route path="/institutions" element={<InstitutionList />} />
              <Route path="/institutions/:code" element={<InstitutionPage />} />
              <Route path="/uscc-checks" element={<UsccCheckPage />} />
              {['plans', 'results', 'certificates', 'payments', 'recoveries'].map((list) => (
                <Route key={list} path={`/${list}`} element={<RecordsPage key={list} list={list} />} />
              ))}
              <Route path="/recoveries/:id" element={<RecoveryPage />} />
              <Route path="/cases" element={<CaseList />} />
              <Route path="/cases/:id" element={<CasePage />} />
              <Route path="/remedies" element={<RemedyList />} />
              <Route path="/remedies/:id" element={<RemedyPage />} />
              <Route path="/calendar" element={<CalendarPage />} />
              <Route path="/parameters" element={<ParameterPage />} />
              <Route path="/acts" element={<ActsPage />} />
              <Route path="/search" element={<SearchPage />} />
              <Route path="/deadlines" element={<DeadlineBoard />} />
              <Route path="/orders" element={<OrderList />} />
              <Route path="/orders/:id" element={<OrderPage />} />
              <Route path="/messages" element={<MessageList />} />
              <Route path="/parked" element={<ParkedPage />} />
              {ONLY_FOR.map(({ path, act, title, page }) => (
                <Route
                  key={path}
                  path={path}
                  element={
                    <OnlyFor act={act} title={title}>
                      {page}
                    </OnlyFor>
                  }
                />
              ))}
              <Route path="/signed-in" element={<SignedInAgain />} />
              <Route path="*" element={<Navigate to="/" replace />} />
            </Route>
          </Routes>
        </Suspense>
      </Feedback>
    </ConfigProvider>
  </QueryClientProvider>
);
