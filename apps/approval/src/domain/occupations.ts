// Occupations that an institution of the province may be filed for (rules §4.2, dictionary of 2022), as a table: code, name,
// levels that have a national standard, and whether admission to the occupation is restricted (准入, rules §4.3). An
// institution filed for level recognition may not cover a fully restricted one; a partly restricted one (only some trades
// of it) is allowed, and `restricted` says which trades are not.

/** One row of the dictionary. */
export interface Occupation {
  readonly code: string;
  readonly name: string;
  /** Level digits with a national standard, lowest skill first: "54321". */
  readonly levels: string;
  /** True if the whole occupation is 准入. */
  readonly accessRestricted: boolean;
  /** Trades of it that are 准入, where not the whole is. */
  readonly restrictedTrades?: string;
  /** Where the code is of the 2015 edition only: what took its place in 2022. */
  readonly successor?: string;
}

const ALL = '54321';
const row = (code: string, name: string, levels: string, more: Partial<Occupation> = {}): Occupation => ({
  code,
  name,
  levels,
  accessRestricted: false,
  ...more,
});
const RESTRICTED = { accessRestricted: true };

export const OCCUPATIONS: readonly Occupation[] = [
  row('6-31-01-03', '电工', ALL),
  row('6-31-01-02', '机修钳工', ALL),
  row('6-20-01-01', '装配钳工', ALL),
  row('6-18-04-06', '工具钳工', ALL),
  row('6-18-02-04', '焊工', ALL, { restrictedTrades: '民用核安全设备焊接人员' }),
  row('6-18-01-01', '车工', ALL),
  row('6-18-01-02', '铣工', ALL),
  row('6-18-01-04', '磨工', ALL),
  row('6-18-01-07', '多工序数控机床操作调整工', '4321'),
  row('6-18-01-08', '电切削工', ALL),
  row('6-18-01-13', '增材制造设备操作员', '4321'),
  row('6-18-02-01', '铸造工', ALL),
  row('6-18-02-02', '锻造工', ALL),
  row('6-18-02-03', '金属热处理工', ALL),
  row('6-18-03-03', '涂装工', ALL),
  row('6-18-04-01', '模具工', '4321'),
  row('6-17-02-02', '炼钢工', ALL),
  row('6-17-01-06', '高炉炼铁工', ALL),
  row('6-17-09-02', '金属轧制工', ALL),
  row('6-11-01-03', '化工总控工', ALL),
  row('6-16-01-05', '井下采矿工', ALL),
  row('6-16-01-12', '矿山救护工', ALL),
  row('6-22-02-01', '汽车装调工', ALL),
  row('6-23-02-01', '金属船体制造工', ALL),
  row('6-25-04-09', '物联网安装调试员', ALL),
  row('6-28-01-11', '锅炉操作工', ALL),
  row('6-28-01-14', '变配电运行值班员', ALL),
  row('6-28-01-15', '继电保护员', ALL),
  row('6-28-02-01', '燃气储运工', ALL),
  row('6-28-03-01', '水生产处理工', ALL),
  row('6-28-03-03', '工业废水处理工', ALL),
  row('6-29-01-01', '砌筑工', ALL),
  row('6-29-01-03', '混凝土工', ALL),
  row('6-29-01-04', '钢筋工', ALL),
  row('6-29-01-05', '架子工', '5432'),
  row('6-29-02-08', '防水工', ALL),
  row('6-29-03-03', '电梯安装维修工', ALL),
  row('6-29-03-05', '制冷空调系统安装维修工', ALL),
  row('6-30-05-01', '起重装卸机械操作工', ALL),
  row('6-30-05-05', '挖掘铲运和桩工机械司机', ALL),
  row('6-31-03-01', '化学检验员', ALL),
  row('6-31-03-04', '无损检测员', '4321'),
  row('6-31-07-01', '工业机器人系统运维员', '4321'),
  row('6-31-07-03', '工业机器人系统操作员', '4321'),
  row('6-02-01-01', '糕点面包烘焙师', ALL),
  row('6-02-06-11', '评茶师', ALL),
  row('6-05-01-03', '缝纫工', '5432'),
  row('4-01-06-01', '电子商务师', ALL),
  row('4-01-06-02', '互联网营销师', ALL),
  row('4-02-01-01', '轨道交通列车司机', '321', RESTRICTED),
  row('4-02-01-06', '轨道交通调度员', ALL),
  row('4-02-04-01', '民航乘务员', ALL, RESTRICTED),
  row('4-02-04-06', '无人机驾驶员', ALL),
  row('4-02-06-01', '仓储管理员', ALL),
  row('4-02-06-03', '物流服务师', '4321'),
  row('4-02-06-05', '供应链管理师', '321'),
  row('4-02-07-08', '快递员', ALL),
  row('4-02-07-09', '快件处理员', ALL),
  row('4-03-02-01', '中式烹调师', ALL),
  row('4-03-02-02', '中式面点师', ALL),
  row('4-03-02-03', '西式烹调师', ALL),
  row('4-03-02-04', '西式面点师', ALL),
  row('4-03-02-05', '餐厅服务员', ALL),
  row('4-03-02-07', '茶艺师', ALL),
  row('4-03-02-08', '咖啡师', ALL),
  row('4-03-02-09', '调酒师', ALL),
  row('4-04-04-02', '网络与信息安全管理员', '4321'),
  row('4-04-05-05', '人工智能训练师', ALL),
  row('4-06-01-01', '物业管理师', '4321'),
  row('4-06-01-04', '智能楼宇管理员', '4321'),
  row('4-07-03-01', '职业指导师', '4321'),
  row('4-07-03-02', '劳动关系协调师', '4321'),
  row('4-07-03-04', '企业人力资源管理师', '4321'),
  row('4-07-03-06', '劳务派遣管理员', '4321'),
  row('4-07-05-01', '保安员', ALL, { restrictedTrades: '保安员证(公安)' }),
  row('4-07-05-02', '安检员', ALL, { restrictedTrades: '民航安全检查员' }),
  row('4-07-05-03', '消防设施操作员', ALL, RESTRICTED),
  row('4-08-05-01', '农产品食品检验员', ALL),
  row('4-09-10-01', '园林绿化工', ALL),
  row('4-09-10-05', '插花花艺师', ALL),
  row('4-10-01-01', '婴幼儿发展引导员', '4321'),
  row('4-10-01-02', '育婴员', '543', { successor: '4-10-01-01' }),
  row('4-10-01-03', '保育师', ALL),
  row('4-10-01-04', '孤残儿童护理员', ALL),
  row('4-10-01-05', '养老护理员', ALL),
  row('4-10-01-06', '家政服务员', '5432'),
  row('4-10-03-01', '美容师', ALL),
  row('4-10-03-02', '美发师', ALL),
  row('4-10-04-01', '保健调理师', ALL),
  row('4-10-04-02', '保健按摩师', ALL),
  row('4-10-07-01', '宠物健康护理员', ALL),
  row('4-10-08-01', '网约配送员', ALL),
  row('4-12-01-01', '汽车维修工', ALL),
  row('4-13-01-05', '全媒体运营师', ALL),
  row('4-14-01-02', '医疗护理员', '543'),
  row('4-14-01-03', '健康照护师', '543'),
  row('4-14-02-01', '营养师', '4321'),
  row('4-14-02-02', '健康管理师', '321'),
  row('4-14-02-05', '老年人能力评估师', '321'),
  row('4-14-03-03', '眼镜验光师', ALL),
  row('4-14-03-04', '眼镜定配工', ALL),
  row('4-14-05-01', '社会体育指导员', ALL, { restrictedTrades: '游泳、滑雪、潜水、攀岩' }),
  row('4-14-05-03', '游泳救生员', ALL, RESTRICTED),
  row('3-02-03-01', '消防员', ALL, RESTRICTED),
  row('3-02-03-06', '森林消防员', ALL, RESTRICTED),
  row('3-02-03-08', '应急救援员', ALL, RESTRICTED),
  row('5-03-01-01', '家畜繁殖员', ALL, RESTRICTED),
  row('5-05-02-01', '农作物植保员', ALL),
  row('5-05-05-02', '农机修理工', ALL),
];

const BY_CODE: ReadonlyMap<string, Occupation> = new Map(OCCUPATIONS.map((occupation) => [occupation.code, occupation]));

/** The occupation of a code, if the province evaluates it. */
export const findOccupation = (code: string): Occupation | undefined => BY_CODE.get(code);
