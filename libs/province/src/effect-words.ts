// What a row of an order's ledger does to the records of a service (动作), in words: for the ledger, for its situations, and for the acts.

export const EFFECT_WORDS = {
  HOLD_FILING: '暂停备案',
  PUBLISH_NOTICE: '发布作废公告',
  SHOW_RECTIFICATION: '公示限期整改',
  REMOVE_FILING: '移出目录',
  HOLD_PLANS: '暂停计划与场次',
  CANCEL_RESULTS: '取消评价结果',
  CLOSE_PLANS: '终止未完成计划',
  HOLD_ISSUING: '停止核发与上传',
  VOID_CERTIFICATES: '证书作废',
  HOLD_PAYMENTS: '暂停发放补贴',
  OPEN_RECOVERIES: '立追缴单',
  WITHDRAW_UPLOADS: '撤回部平台数据',
  NOTIFY_POLICE: '通报公安',
  NOTIFY_MARKET_REGULATOR: '通报市场监管',
  TRANSFER_TO_DISCIPLINE: '向纪检监察移交材料',
  TRANSFER_TO_POLICE: '向公安移送材料',
} as const satisfies Readonly<Record<string, string>>;
