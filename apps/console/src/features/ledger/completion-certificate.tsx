// The completion certificate (执行完成证明): its times, its two forms, and how anybody checks the certificate without the platform.
import { Button, Descriptions, Typography } from 'antd';
import type { OrderJson } from '../../api';
import { files } from '../../case-api';
import { count, moment } from '../../words/field-words';

/** The time when the last row reported. */
const lastReceipt = (order: OrderJson): string | undefined =>
  order.rows
    .flatMap((row) => (row.ask?.undo === true || row.receipt?.finishedAt === undefined ? [] : [row.receipt.finishedAt]))
    .sort()
    .pop();

/**
 * The verifier: one file that checks offline, taken from the repository. The console offers the file, so that nobody has to look for it.
 */
const VERIFIER = new URL('../../../../../tools/verifier/hengji-verify.mjs', import.meta.url).href;

export const CompletionCertificate = ({ order }: { order: OrderJson }) => (
  <>
    <Descriptions size="small" column={3} bordered style={{ marginBottom: 12 }}>
      <Descriptions.Item label="签发">{moment(order.signedAt)}</Descriptions.Item>
      <Descriptions.Item label="围栏全部生效">{moment(order.fencedAt)}</Descriptions.Item>
      <Descriptions.Item label="公众可查">{moment(order.publicAt)}</Descriptions.Item>
      <Descriptions.Item label="回执到齐">{moment(lastReceipt(order))}</Descriptions.Item>
      <Descriptions.Item label="残留归零">{moment(order.completedAt)}</Descriptions.Item>
      <Descriptions.Item label="最近复核">{moment(order.sweptAt)}</Descriptions.Item>
      <Descriptions.Item label="台账">{count(order.rows.length)} 行</Descriptions.Item>
      <Descriptions.Item label="决定签名" span={2}>
        <span className="mono">{order.signature?.keyId ?? '—'}</span>
      </Descriptions.Item>
    </Descriptions>
    <div className="row" style={{ marginBottom: 12 }}>
      <Button type="primary" href={files.certificatePdf(order.orderId)} target="_blank" rel="noreferrer">
        查看证明（PDF）
      </Button>
      <Button href={files.certificate(order.orderId)} download={`执行完成证明 ${order.documentNo}.json`}>
        下载证明（JSON）
      </Button>
      <Button href={files.keys} download="trusted-keys.json">
        下载验签公钥
      </Button>
      <Button href={VERIFIER} download="hengji-verify.mjs">
        下载核验程序
      </Button>
    </div>
    <h2 className="heading">如何离线核验</h2>
    <ol>
      <li>下载证明（JSON）、验签公钥和核验程序，放在同一文件夹；公钥应与省厅另行公布的一致。</li>
      <li>
        在任何一台装有 Node.js（20.12 以上）的电脑上、断开网络运行：
        <Typography.Paragraph copyable className="mono">
          {`node hengji-verify.mjs "执行完成证明 ${order.documentNo}.json" --keys trusted-keys.json`}
        </Typography.Paragraph>
      </li>
      <li>核验程序逐行检查签名、次序、根和残留，只用公钥，不联系本平台。某一本证书是否在内，用“回执”页下载的存证文件同样核验。</li>
    </ol>
  </>
);
