// The frame: who is signed in, where one can go, and the routes. Public pages need no sign-in.
import { ConfigProvider, App as Feedback, Spin } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import { Suspense, lazy } from 'react';
import { Navigate, Outlet, Route, Routes } from 'react-router';
import { api } from './api';
import { Frame } from './frame';
import { SignInPage } from './features/sign-in/sign-in-page';
import { Me } from './me';
import { useLoaded } from './use-loaded';

const InstitutionList = lazy(() => import('./features/institutions/institution-list').then((m) => ({ default: m.InstitutionList })));
const InstitutionPage = lazy(() => import('./features/institutions/institution-page').then((m) => ({ default: m.InstitutionPage })));
const OrderList = lazy(() => import('./features/orders/order-list').then((m) => ({ default: m.OrderList })));
const OrderPage = lazy(() => import('./features/orders/order-page').then((m) => ({ default: m.OrderPage })));
const OrderWizard = lazy(() => import('./features/orders/order-wizard').then((m) => ({ default: m.OrderWizard })));
const MessageList = lazy(() => import('./features/operations/message-list').then((m) => ({ default: m.MessageList })));
const ParkedPage = lazy(() => import('./features/operations/parked-page').then((m) => ({ default: m.ParkedPage })));
const VerifyPage = lazy(() => import('./features/public/verify-page').then((m) => ({ default: m.VerifyPage })));
const DirectoryPage = lazy(() => import('./features/public/directory-page').then((m) => ({ default: m.DirectoryPage })));

/** Contrast of antd's greys and error red is below WCAG AA on white; these are not. */
const THEME = {
  token: {
    colorPrimary: '#0b5cad',
    colorError: '#b42318',
    colorTextTertiary: '#55606e',
    colorTextDescription: '#55606e',
    borderRadius: 4,
    fontSize: 14,
  },
};

const SignedIn = () => {
  const me = useLoaded(api.me, []);
  if (me.value !== undefined) {
    return (
      <Me.Provider value={me.value}>
        <Frame>
          <Outlet />
        </Frame>
      </Me.Provider>
    );
  }
  return me.busy ? <Spin fullscreen /> : <SignInPage problem={me.problem} />;
};

export const App = () => (
  <ConfigProvider locale={zhCN} theme={THEME} button={{ autoInsertSpace: false }}>
    <Feedback>
      <Suspense fallback={<Spin fullscreen />}>
        <Routes>
          <Route path="/verify/:number?" element={<VerifyPage />} />
          <Route path="/directory" element={<DirectoryPage />} />
          <Route element={<SignedIn />}>
            <Route path="/" element={<Navigate to="/orders" replace />} />
            <Route path="/institutions" element={<InstitutionList />} />
            <Route path="/institutions/:code" element={<InstitutionPage />} />
            <Route path="/orders" element={<OrderList />} />
            <Route path="/orders/new" element={<OrderWizard />} />
            <Route path="/orders/:id" element={<OrderPage />} />
            <Route path="/messages" element={<MessageList />} />
            <Route path="/parked" element={<ParkedPage />} />
            <Route path="*" element={<Navigate to="/orders" replace />} />
          </Route>
        </Routes>
      </Suspense>
    </Feedback>
  </ConfigProvider>
);
