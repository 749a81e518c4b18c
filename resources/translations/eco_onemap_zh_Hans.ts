<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_Hans" sourcelanguage="en">
  <context>
    <name>EcoOneMap</name>
    <message>
      <source>A factory in a file of boundary points, as surveyors hand it over. You can also draw a site, pick features, drop a file or paste coordinates.</source>
      <translation>一座工厂，取自测绘单位提交的界址点文件。也可以在图上绘制、选取要素、拖入文件或粘贴坐标。</translation>
    </message>
    <message>
      <source>A file a site is called by the site's identifier, one for all maps.pdf.</source>
      <translation>每个地块一个文件时以地块编号命名，合为一个文件时为 maps.pdf。</translation>
    </message>
    <message>
      <source>A file of findings that a person set aside, each with reason, author and date; it is written by: eco-onemap override. Such findings stay in the results and do not count.</source>
      <translation>人工搁置的发现，每条附理由、复核人和日期；由 eco-onemap override 命令写出。这些发现仍保留在结果中，但不计入结论。</translation>
    </message>
    <message>
      <source>A file of project sites: land survey coordinates (TXT), a table (CSV, XLSX), points of CASS, or any vector or CAD file. Give either this file or a layer of sites.</source>
      <translation>项目地块文件：界址点（TXT）、表格（CSV、XLSX）、CASS 点，或任意矢量、CAD 文件。文件与图层二选一。</translation>
    </message>
    <message>
      <source>A file that is there is kept as a backup (.bak).</source>
      <translation>已有文件保留为备份（.bak）。</translation>
    </message>
    <message>
      <source>A folder with an office's layout-strips.qpt: it moves what stands around the map, lends it typefaces and adds logos. A broken one is said, and the built-in layout is used.</source>
      <translation>含单位自有 layout-strips.qpt 的文件夹：可移动地图周围的要素、套用字体、加入标志。模板损坏时会提示并使用内置版式。</translation>
    </message>
    <message>
      <source>A folder with an office's layout.qpt: it moves what stands beside the map, lends it typefaces and adds logos. A broken one is said, and the built-in layout is used.</source>
      <translation>存放本单位 layout.qpt 的文件夹：移动地图旁的内容，采用其字体，添加标志。损坏时会说明，并改用内置布局。</translation>
    </message>
    <message>
      <source>A folder with an office's template.docx, logo.png and texts.yaml. What of them is broken is said, and the built-in one is used.</source>
      <translation>存放本单位 template.docx、logo.png 和 texts.yaml 的文件夹。其中损坏的会说明，并改用内置样式。</translation>
    </message>
    <message>
      <source>A layer of project sites: polygons, lines or points, all or only selected.</source>
      <translation>地块图层：面、线或点，可用全部要素或仅用选中要素。</translation>
    </message>
    <message>
      <source>A layer of project sites: polygons, lines or points.</source>
      <translation>地块图层：面、线或点。</translation>
    </message>
    <message>
      <source>A report of Eco One Map: .docx, .xlsx, .html or .pdf.</source>
      <translation>由本插件生成的报告：.docx、.xlsx、.html 或 .pdf。</translation>
    </message>
    <message>
      <source>A report of all sites with verdicts, legal bases and what could not be checked. Beside it stand the same report for Word, and a workbook with all tables.</source>
      <translation>全部地块的报告，含结论、法律依据和未能核查的内容。旁边另有同一报告的 Word 文档和含全部成果表的工作簿。</translation>
    </message>
    <message>
      <source>A4 is bound into reports as it is, A3 folded.</source>
      <translation>A4 直接装订，A3 折叠装订。</translation>
    </message>
    <message>
      <source>About Eco One Map</source>
      <translation>关于生态环境一张图</translation>
    </message>
    <message>
      <source>Access lists</source>
      <translation>准入清单</translation>
    </message>
    <message>
      <source>Accuracy in metres</source>
      <translation>位置精度（米）</translation>
    </message>
    <message>
      <source>Activities</source>
      <translation>项目活动</translation>
    </message>
    <message>
      <source>Add access list</source>
      <translation>添加准入清单</translation>
    </message>
    <message>
      <source>Add as layers</source>
      <translation>添加为图层</translation>
    </message>
    <message>
      <source>Add files</source>
      <translation>添加文件</translation>
    </message>
    <message>
      <source>Add files…</source>
      <translation>添加文件…</translation>
    </message>
    <message>
      <source>Add folder…</source>
      <translation>添加文件夹…</translation>
    </message>
    <message>
      <source>Add layer</source>
      <translation>添加图层</translation>
    </message>
    <message>
      <source>Advice</source>
      <translation>建议</translation>
    </message>
    <message>
      <source>All result tables with all geometries, in the same form as the command line's.</source>
      <translation>含全部图形的全部结果表，与命令行输出的格式相同。</translation>
    </message>
    <message>
      <source>All sites</source>
      <translation>全部地块</translation>
    </message>
    <message>
      <source>All sites ({count})</source>
      <translation>全部地块({count})</translation>
    </message>
    <message>
      <source>All tables in one GeoPackage</source>
      <translation>全部结果表(一个 GeoPackage)</translation>
    </message>
    <message>
      <source>All unknown</source>
      <translation>全部设为未知</translation>
    </message>
    <message>
      <source>An atlas with bookmarks by site and sheet; else a file a site. Not for images.</source>
      <translation>合为一个图集，书签按地块和图幅排列；否则每个地块一个文件。不适用于图片。</translation>
    </message>
    <message>
      <source>Another system</source>
      <translation>其他坐标系</translation>
    </message>
    <message>
      <source>Area in hectares</source>
      <translation>面积（公顷）</translation>
    </message>
    <message>
      <source>Area in mu, of which fifteen are a hectare</source>
      <translation>面积（亩，15 亩为 1 公顷）</translation>
    </message>
    <message>
      <source>Area in square metres, on the ellipsoid</source>
      <translation>面积（平方米，椭球面积）</translation>
    </message>
    <message>
      <source>Assessment date</source>
      <translation>核查基准日</translation>
    </message>
    <message>
      <source>At the foot of maps</source>
      <translation>图件图签</translation>
    </message>
    <message>
      <source>Attribute</source>
      <translation>属性</translation>
    </message>
    <message>
      <source>Authority</source>
      <translation>主管部门</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>后退</translation>
    </message>
    <message>
      <source>Bearing</source>
      <translation>方位</translation>
    </message>
    <message>
      <source>Before</source>
      <translation>此前</translation>
    </message>
    <message>
      <source>Both checks have the same findings.</source>
      <translation>两次核查的发现相同。</translation>
    </message>
    <message>
      <source>Both checks say the same, to the last digit.</source>
      <translation>两次核查结果完全一致，每一位数字都相同。</translation>
    </message>
    <message>
      <source>Build a catalogue</source>
      <translation>生成图层目录</translation>
    </message>
    <message>
      <source>Build a catalogue…</source>
      <translation>生成图层目录…</translation>
    </message>
    <message>
      <source>CRS of the file</source>
      <translation>文件的坐标系</translation>
    </message>
    <message>
      <source>CRS of the sites</source>
      <translation>地块的坐标系</translation>
    </message>
    <message>
      <source>CRS that the file was in</source>
      <translation>文件原来的坐标系</translation>
    </message>
    <message>
      <source>CRS where the source has none</source>
      <translation>坐标系（数据源没有时）</translation>
    </message>
    <message>
      <source>Cache of compiled layers</source>
      <translation>图层编译缓存</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Candidate {number}</source>
      <translation>方案{number}</translation>
    </message>
    <message>
      <source>Care</source>
      <translation>图形处理记录</translation>
    </message>
    <message>
      <source>Catalogue</source>
      <translation>图层目录</translation>
    </message>
    <message>
      <source>Catalogue builder – {name}</source>
      <translation>图层目录生成器 – {name}</translation>
    </message>
    <message>
      <source>Catalogue of the one map</source>
      <translation>一张图目录</translation>
    </message>
    <message>
      <source>Catalogue to add to</source>
      <translation>要添加到的目录</translation>
    </message>
    <message>
      <source>Chainage against the drawing</source>
      <translation>桩号与绘制方向相反</translation>
    </message>
    <message>
      <source>Chainage at the start of lines</source>
      <translation>线路起点桩号</translation>
    </message>
    <message>
      <source>Change role</source>
      <translation>修改类别</translation>
    </message>
    <message>
      <source>Change {what}</source>
      <translation>修改“{what}”</translation>
    </message>
    <message>
      <source>Changed file</source>
      <translation>文件已改动</translation>
    </message>
    <message>
      <source>Check</source>
      <translation>核查</translation>
    </message>
    <message>
      <source>Check it</source>
      <translation>开始核查</translation>
    </message>
    <message>
      <source>Checked</source>
      <translation>核查时间</translation>
    </message>
    <message>
      <source>Checks of more than {most} sites are not kept.</source>
      <translation>超过 {most} 个地块的核查不保存。</translation>
    </message>
    <message>
      <source>Checks of this project</source>
      <translation>本项目的历次核查</translation>
    </message>
    <message>
      <source>Checks of this project ({count})</source>
      <translation>本项目的历次核查({count})</translation>
    </message>
    <message>
      <source>Checks project sites against a region's ecological constraints on one map: overlaps, distances, rules with their legal basis in force on the day, and what could not be checked. Everything happens on this computer; nothing is sent or fetched.</source>
      <translation>在一张图上核查项目地块与本地区生态环境约束的关系：重叠、距离、附有当日有效法律依据的规则，以及未能核查的事项。全部在本机完成，不发送、不获取任何数据。</translation>
    </message>
    <message>
      <source>Checks project sites against all layers of a region's ecological one map.</source>
      <translation>将地块与本地区生态环境一张图的全部图层逐一核查。</translation>
    </message>
    <message>
      <source>Checks project sites against all layers that a catalogue (onemap.yaml) names: overlaps on the CGCS2000 ellipsoid, distances, counts in rings, raster values, and the rules that apply, each with the legal basis in force on the assessment date.

Each site gets the worst verdict of all findings: prohibited, restricted, study, no_data or clear. A site is never clear where a needed layer is missing, broken or not mapped; the table of what was not evaluated says why.

A layer or site that cannot be read is reported, and the rest goes on.</source>
      <translation>将地块与一张图目录(onemap.yaml)所列的全部图层逐一核查：CGCS2000 椭球面上的重叠、距离、周边圈内计数、栅格值，以及适用的规则，每条规则均给出核查基准日有效的法律依据。

每个地块取全部发现中最严的结论：禁止(prohibited)、限制(restricted)、需进一步核实(study)、无数据(no_data)或未发现冲突(clear)。所需图层缺失、损坏或未覆盖之处，地块绝不会得出“未发现冲突”；原因见未核查事项表。

不能读取的图层或地块会如实报告，其余照常核查。</translation>
    </message>
    <message>
      <source>Chinese fonts</source>
      <translation>中文字体</translation>
    </message>
    <message>
      <source>Choose a site</source>
      <translation>选择地块</translation>
    </message>
    <message>
      <source>Choose a vector layer in the layer tree first.</source>
      <translation>请先在图层树中选中一个矢量图层。</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>选择…</translation>
    </message>
    <message>
      <source>Class of the unit</source>
      <translation>管控单元类别</translation>
    </message>
    <message>
      <source>Classes of a raster</source>
      <translation>栅格分级(如 1=低; 2=高)</translation>
    </message>
    <message>
      <source>Clear now</source>
      <translation>立即清空</translation>
    </message>
    <message>
      <source>Clear the list</source>
      <translation>清空列表</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Close one map</source>
      <translation>关闭一张图</translation>
    </message>
    <message>
      <source>Code of rows that tell none</source>
      <translation>未写明代码的行用</translation>
    </message>
    <message>
      <source>Code of unit or division</source>
      <translation>管控单元或行政区划代码</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>配色</translation>
    </message>
    <message>
      <source>Colours of the one map</source>
      <translation>一张图配色</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>列</translation>
    </message>
    <message>
      <source>Compares a report (Word, Excel, HTML or PDF) with what it was made of, which travels inside it: numbers and sentences that were edited, rows that are gone or were put in, what is hidden. Notes and judgements in the columns for them are told apart.

With a catalogue it checks the same sites against the present data and says whether the result is the same, or what differs and which layer, rule, option or version changed.

The number of a report is no signature: who changes text and data together makes another report with another number. Compare it with the one that its maker told.</source>
      <translation>将报告（Word、Excel、HTML 或 PDF）与随文件附带的原始数据逐一比对：被改动的数字和语句、被删除或新增的行、被隐藏的内容。填写在备注、判断栏中的内容单独列出，不算改动。

给出图层目录后，用现有数据重新核查同一批地块，说明结果是否相同；如不同，说明哪些结论不同，以及哪个图层、规则、参数或版本发生了变化。

报告编号不是签名：同时改动文字和内含数据，即成为另一份编号不同的报告。请与出具者告知的编号核对。</translation>
    </message>
    <message>
      <source>Comparison of candidate sites</source>
      <translation>候选选址比选表</translation>
    </message>
    <message>
      <source>Compiled layers</source>
      <translation>图层编译缓存</translation>
    </message>
    <message>
      <source>Concerned ({count})</source>
      <translation>涉及({count})</translation>
    </message>
    <message>
      <source>Coordinate system</source>
      <translation>坐标系</translation>
    </message>
    <message>
      <source>Coordinates of web maps are not converted; their verdicts stay at further study.</source>
      <translation>互联网地图坐标不作转换，其结论停留在“需进一步核实”。</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Correct the filter (where) in the catalogue.</source>
      <translation>改正目录中的筛选条件（where）。</translation>
    </message>
    <message>
      <source>Counties and cities so near are to be consulted. 0: none.</source>
      <translation>距离在此以内的相邻县、市应会商；0 表示不查。</translation>
    </message>
    <message>
      <source>Coverage</source>
      <translation>填图范围</translation>
    </message>
    <message>
      <source>Criterion</source>
      <translation>比较项</translation>
    </message>
    <message>
      <source>Cuts roads, pipelines and other lines into map sheets along their chainage.</source>
      <translation>将公路、管道等线状项目沿里程桩号分幅成图。</translation>
    </message>
    <message>
      <source>Data inside the PDF, to verify it</source>
      <translation>PDF 内附核验数据</translation>
    </message>
    <message>
      <source>Datum</source>
      <translation>基准</translation>
    </message>
    <message>
      <source>Decimals of hectares and mu</source>
      <translation>公顷、亩的小数位数</translation>
    </message>
    <message>
      <source>Decimals of metres</source>
      <translation>坐标小数位数(米)</translation>
    </message>
    <message>
      <source>Default files</source>
      <translation>默认文件</translation>
    </message>
    <message>
      <source>Degrees are</source>
      <translation>度的写法</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>详情</translation>
    </message>
    <message>
      <source>Developer</source>
      <translation>建设单位</translation>
    </message>
    <message>
      <source>Difference between two checks</source>
      <translation>两次核查的差异</translation>
    </message>
    <message>
      <source>Difference of two…</source>
      <translation>比较两次…</translation>
    </message>
    <message>
      <source>Dimension</source>
      <translation>管控维度</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Display</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>Distance</source>
      <translation>距离</translation>
    </message>
    <message>
      <source>Distances from a site's boundary in metres; features within each are counted.</source>
      <translation>自地块边界起算的距离(米)，统计各距离内的要素。</translation>
    </message>
    <message>
      <source>Document</source>
      <translation>文件名称</translation>
    </message>
    <message>
      <source>Double-click or F2 changes the name</source>
      <translation>双击或按 F2 修改名称</translation>
    </message>
    <message>
      <source>Doubt</source>
      <translation>存疑</translation>
    </message>
    <message>
      <source>Down</source>
      <translation>下移</translation>
    </message>
    <message>
      <source>Draw a line</source>
      <translation>绘制线</translation>
    </message>
    <message>
      <source>Draw a point</source>
      <translation>绘制点</translation>
    </message>
    <message>
      <source>Draw a polygon</source>
      <translation>绘制面</translation>
    </message>
    <message>
      <source>Draw, pick, open, drop or paste the sites to be checked; draw one after another to compare them.</source>
      <translation>绘制、选取、打开、拖入或粘贴要核查的地块；可逐个绘制多个方案进行比选。</translation>
    </message>
    <message>
      <source>Drawing</source>
      <translation>绘制</translation>
    </message>
    <message>
      <source>Drawn by</source>
      <translation>制图人</translation>
    </message>
    <message>
      <source>Drawn without its classes: the field {field} is missing or not mapped.</source>
      <translation>未按类别绘制：字段 {field} 缺失或未对应。</translation>
    </message>
    <message>
      <source>Draws maps for the file: of each site an overview, a sheet for each theme that concerns it (red line, protected nature, water, soil, control units, sea, farmland, sensitive targets) with the verdict on that theme, and the risk one map of all layers. Rings, overlaps and nearest distances are those of the check.

Maps are made of the results of a siting check, or of sites that are checked first. Each file appears when it is whole. QGIS waits while maps are drawn.</source>
      <translation>绘制报批附图：每个地块一张地理位置图；所涉及的每个专题（生态保护红线、自然保护地、水、土壤、管控单元、海域、农用地、敏感目标）各一张，附该专题的结论；以及叠加全部图层的风险一张图。缓冲圈、重叠部分和最近距离均取自核查结果。

图件可由选址检查的结果绘制，也可先核查给定的地块再绘制。每个文件写完整后才出现。绘图期间 QGIS 需等待。</translation>
    </message>
    <message>
      <source>Draws the line projects in results of a siting check as strip maps, all in one PDF with bookmarks: overlapping sheets turned along the line, with match lines and chainages (K12+340), below them bars of which layer covers which chainage, a table of what the line crosses and comes near, and a key map.

Where chainage begins and which way it runs is stated in the siting check, as well as how far features beside the line are listed. Sites that are no lines are left out.</source>
      <translation>将选址检查成果中的线状项目绘成带状图，合为一个带书签的 PDF：图幅沿线路旋转、相互搭接，标有接图线和里程桩号（K12+340）；图下为各图层覆盖桩号的色条、穿越与邻近情况表和接图表。

桩号起点、方向以及两侧邻近目标的列出距离，在选址检查中填写。不是线的地块不出图。</translation>
    </message>
    <message>
      <source>Draws the map series of sites: overview, themes, and all on one map.</source>
      <translation>绘制地块系列图：地理位置图、专题图和风险一张图。</translation>
    </message>
    <message>
      <source>Each sheet as PNG, too</source>
      <translation>另存每幅图为 PNG</translation>
    </message>
    <message>
      <source>Eco One Map</source>
      <translation>生态环境一张图</translation>
    </message>
    <message>
      <source>Eco One Map needs Python packages that this QGIS lacks: {packages}; install them with “{command}” and start QGIS again.</source>
      <translation>生态环境一张图所需的 Python 组件在此 QGIS 中缺失：{packages}；请用“{command}”安装后重新启动 QGIS。</translation>
    </message>
    <message>
      <source>Edition for the public</source>
      <translation>公众版</translation>
    </message>
    <message>
      <source>Else a layer without features lets no site be clear: its export may have failed.</source>
      <translation>不勾选时，没有要素的图层会使选址无法判定为“未发现冲突”，因为可能是导出失败。</translation>
    </message>
    <message>
      <source>Empty: the field site_id or the like if there is one, else the sites are numbered.</source>
      <translation>留空：有 site_id 之类的字段则用之，否则按顺序编号。</translation>
    </message>
    <message>
      <source>Empty: the layer's own where the format takes it.</source>
      <translation>留空：格式允许时沿用图层自身的坐标系。</translation>
    </message>
    <message>
      <source>Empty: the title that is there, or a general one.</source>
      <translation>留空则用原有标题，或通用标题。</translation>
    </message>
    <message>
      <source>Encoding</source>
      <translation>编码</translation>
    </message>
    <message>
      <source>Encoding of a TXT file</source>
      <translation>TXT 文件的编码</translation>
    </message>
    <message>
      <source>Encoding of text</source>
      <translation>文本编码</translation>
    </message>
    <message>
      <source>Error of the sites' transformation (m)</source>
      <translation>地块坐标转换误差（米）</translation>
    </message>
    <message>
      <source>Every layer and every site could be checked</source>
      <translation>所有图层和所有地块均已核查</translation>
    </message>
    <message>
      <source>Everything could be evaluated.</source>
      <translation>全部事项均已评价。</translation>
    </message>
    <message>
      <source>Export sites</source>
      <translation>导出地块</translation>
    </message>
    <message>
      <source>Facts of all projects</source>
      <translation>全部项目的情况</translation>
    </message>
    <message>
      <source>Feature</source>
      <translation>要素</translation>
    </message>
    <message>
      <source>Features</source>
      <translation>要素</translation>
    </message>
    <message>
      <source>Features near lines within (m)</source>
      <translation>线路邻近目标的距离（米）</translation>
    </message>
    <message>
      <source>Features so near a line are listed by its chainage, left or right of it. 0: none.</source>
      <translation>此距离内的图斑按桩号列出，并注明在线路左侧或右侧；0 为不列。</translation>
    </message>
    <message>
      <source>Features within {ring} m</source>
      <translation>{ring} 米内的要素个数</translation>
    </message>
    <message>
      <source>Features: {count}</source>
      <translation>{count} 个要素</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>字段</translation>
    </message>
    <message>
      <source>Field with the sites' identifiers</source>
      <translation>地块编号字段</translation>
    </message>
    <message>
      <source>Fields</source>
      <translation>字段</translation>
    </message>
    <message>
      <source>Fields of the file</source>
      <translation>文件的字段</translation>
    </message>
    <message>
      <source>File of sites</source>
      <translation>地块文件</translation>
    </message>
    <message>
      <source>File of the mapped area</source>
      <translation>填图范围文件</translation>
    </message>
    <message>
      <source>File to write</source>
      <translation>输出文件</translation>
    </message>
    <message>
      <source>Files of overrides</source>
      <translation>人工复核文件</translation>
    </message>
    <message>
      <source>Filter</source>
      <translation>筛选</translation>
    </message>
    <message>
      <source>Findings</source>
      <translation>核查发现</translation>
    </message>
    <message>
      <source>Findings ({count})</source>
      <translation>发现({count})</translation>
    </message>
    <message>
      <source>Findings set aside</source>
      <translation>已搁置的发现</translation>
    </message>
    <message>
      <source>Findings set aside: {count}; without that: {verdict}.</source>
      <translation>已搁置 {count} 项发现；若不搁置，结论为：{verdict}。</translation>
    </message>
    <message>
      <source>First steps with Eco One Map</source>
      <translation>生态环境一张图：入门四步</translation>
    </message>
    <message>
      <source>First steps…</source>
      <translation>入门四步…</translation>
    </message>
    <message>
      <source>First values</source>
      <translation>前几个取值</translation>
    </message>
    <message>
      <source>Folder for maps</source>
      <translation>图件文件夹</translation>
    </message>
    <message>
      <source>Folder for reports</source>
      <translation>报告文件夹</translation>
    </message>
    <message>
      <source>Folder for risk maps</source>
      <translation>风险图输出文件夹</translation>
    </message>
    <message>
      <source>Folder for the tables as CSV</source>
      <translation>CSV 结果表输出文件夹</translation>
    </message>
    <message>
      <source>Folder of maps</source>
      <translation>附图文件夹</translation>
    </message>
    <message>
      <source>For another one than that of the results, the same sites are checked again with the catalogue; where its layers changed since, that is refused.</source>
      <translation>选用与成果不同的语言时，用图层目录重新核查同样的地块；图层此后有变化时不予生成。</translation>
    </message>
    <message>
      <source>For layers from databases that have no rectangle of their own</source>
      <translation>用于没有自己范围的数据库图层</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>格式</translation>
    </message>
    <message>
      <source>Formats</source>
      <translation>格式</translation>
    </message>
    <message>
      <source>Free software under the GNU General Public License, version 2 or later.</source>
      <translation>自由软件，按 GNU 通用公共许可证第 2 版或更新版本授权。</translation>
    </message>
    <message>
      <source>GB18030 is what most Chinese programs expect.</source>
      <translation>国内多数软件使用 GB18030。</translation>
    </message>
    <message>
      <source>Guess</source>
      <translation>推断</translation>
    </message>
    <message>
      <source>Guide</source>
      <translation>使用指南</translation>
    </message>
    <message>
      <source>Guide to Eco One Map</source>
      <translation>生态环境一张图使用指南</translation>
    </message>
    <message>
      <source>HTML files</source>
      <translation>HTML 文件</translation>
    </message>
    <message>
      <source>Have the layers at hand that were opened in QGIS meanwhile</source>
      <translation>列出此后在 QGIS 中打开的图层</translation>
    </message>
    <message>
      <source>Health check</source>
      <translation>健康检查</translation>
    </message>
    <message>
      <source>Health check…</source>
      <translation>健康检查…</translation>
    </message>
    <message>
      <source>Hectares</source>
      <translation>公顷</translation>
    </message>
    <message>
      <source>Hits</source>
      <translation>涉及要素</translation>
    </message>
    <message>
      <source>House style</source>
      <translation>单位样式</translation>
    </message>
    <message>
      <source>How it is</source>
      <translation>状况</translation>
    </message>
    <message>
      <source>How text and tables write degrees: 118.5, 118°30′ only, or packed as 118.3000.</source>
      <translation>文本和表格中度数的写法：118.5、只用 118°30′，或连写为 118.3000。</translation>
    </message>
    <message>
      <source>How this came about</source>
      <translation>由来</translation>
    </message>
    <message>
      <source>Identifier</source>
      <translation>标识</translation>
    </message>
    <message>
      <source>Identifier of the clause</source>
      <translation>条款标识</translation>
    </message>
    <message>
      <source>Identifiers of sites, such as: P01,P10. Empty: all sites.</source>
      <translation>地块编号，如 P01,P10。留空为全部地块。</translation>
    </message>
    <message>
      <source>Import sites</source>
      <translation>导入地块</translation>
    </message>
    <message>
      <source>In force from</source>
      <translation>生效日期</translation>
    </message>
    <message>
      <source>In force until</source>
      <translation>失效日期</translation>
    </message>
    <message>
      <source>In the lists of the window; maps and reports keep the usual ones.</source>
      <translation>用于窗口中的列表；图件和报告保持规定的单位。</translation>
    </message>
    <message>
      <source>In use</source>
      <translation>已用</translation>
    </message>
    <message>
      <source>Industries</source>
      <translation>行业</translation>
    </message>
    <message>
      <source>Industries found: {count}</source>
      <translation>找到 {count} 个行业</translation>
    </message>
    <message>
      <source>Industry</source>
      <translation>行业</translation>
    </message>
    <message>
      <source>Industry (GB/T 4754-2017)</source>
      <translation>行业（GB/T 4754-2017）</translation>
    </message>
    <message>
      <source>Issued</source>
      <translation>发布日期</translation>
    </message>
    <message>
      <source>Issued on</source>
      <translation>发布日期</translation>
    </message>
    <message>
      <source>It stands in the dock with its deciding reason. Choose a finding to see its law and its place on the map.</source>
      <translation>结论及决定性理由显示在选址检查面板中。点选一条结果，可查看法律依据和图上位置。</translation>
    </message>
    <message>
      <source>Its comments and all its entries stay. Empty: a new catalogue.</source>
      <translation>其注释和全部条目保留。留空则新建目录。</translation>
    </message>
    <message>
      <source>Its ending says the format: .txt, .dat, .csv or .gpkg.</source>
      <translation>由扩展名决定格式：.txt、.dat、.csv 或 .gpkg。</translation>
    </message>
    <message>
      <source>Keeping a check</source>
      <translation>保存核查结果</translation>
    </message>
    <message>
      <source>Kept for this session; save the project to keep them beside it.</source>
      <translation>仅在本次运行中保存；保存 QGIS 工程后将存放在工程旁。</translation>
    </message>
    <message>
      <source>Kept in</source>
      <translation>保存到</translation>
    </message>
    <message>
      <source>Kept in {folder}</source>
      <translation>存放在 {folder}</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>类型</translation>
    </message>
    <message>
      <source>Kind of restriction</source>
      <translation>限制类型</translation>
    </message>
    <message>
      <source>Known to be empty</source>
      <translation>确无要素</translation>
    </message>
    <message>
      <source>Land survey coordinates (TXT), a table (CSV, XLSX), points of CASS, or any vector or CAD file, also zipped.</source>
      <translation>界址点（TXT）、表格（CSV、XLSX）、CASS 点，或任意矢量、CAD 文件，也可为压缩包。</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Language of results</source>
      <translation>结果的语言</translation>
    </message>
    <message>
      <source>Largest size</source>
      <translation>最大容量</translation>
    </message>
    <message>
      <source>Law</source>
      <translation>法律依据</translation>
    </message>
    <message>
      <source>Laws and layers in force on this day count. Empty: today.</source>
      <translation>以当日有效的法律和图层为准。留空：今天。</translation>
    </message>
    <message>
      <source>Layer</source>
      <translation>图层</translation>
    </message>
    <message>
      <source>Layer in the source</source>
      <translation>数据源中的图层</translation>
    </message>
    <message>
      <source>Layer inside the file of sites</source>
      <translation>地块文件中的图层</translation>
    </message>
    <message>
      <source>Layer of sites</source>
      <translation>地块图层</translation>
    </message>
    <message>
      <source>Layers</source>
      <translation>图层</translation>
    </message>
    <message>
      <source>Layers from files or PostGIS; others are named in the log.</source>
      <translation>来自文件或 PostGIS 的图层；其他图层在日志中列出。</translation>
    </message>
    <message>
      <source>Layers: {count}, {size} MiB</source>
      <translation>{count} 个图层，{size} MiB</translation>
    </message>
    <message>
      <source>Legal basis: {law}</source>
      <translation>法律依据：{law}</translation>
    </message>
    <message>
      <source>Length (m)</source>
      <translation>长度(米)</translation>
    </message>
    <message>
      <source>Level</source>
      <translation>层级</translation>
    </message>
    <message>
      <source>Level of rows that tell none</source>
      <translation>未写明层级的行用</translation>
    </message>
    <message>
      <source>Lies</source>
      <translation>位置</translation>
    </message>
    <message>
      <source>Limits</source>
      <translation>限值</translation>
    </message>
    <message>
      <source>Look at each of them afterwards.</source>
      <translation>事后请逐一核对。</translation>
    </message>
    <message>
      <source>Look at the project</source>
      <translation>重新查看工程</translation>
    </message>
    <message>
      <source>Looking…</source>
      <translation>正在检查…</translation>
    </message>
    <message>
      <source>Make maps</source>
      <translation>制作图件</translation>
    </message>
    <message>
      <source>Make reports</source>
      <translation>生成报告</translation>
    </message>
    <message>
      <source>Make strip maps of line projects</source>
      <translation>生成线状项目带状图</translation>
    </message>
    <message>
      <source>Makes the catalogue of a one map (onemap.yaml) of layers, or adds layers to one that is there and keeps the rest. Roles and fields are guessed by names, values and form; the log gives the reasons. What is doubtful is left out unless asked for. The catalogue builder in the plugin's menu does the same step by step.</source>
      <translation>由图层生成一张图的目录(onemap.yaml)，或将图层添加到已有目录而保留其余内容。类别与字段依据名称、取值和几何类型推断，日志中给出理由；存疑的除非要求否则不写入。插件菜单中的目录生成器可逐步完成同样的工作。</translation>
    </message>
    <message>
      <source>Makes the catalogue of a one map of layers; roles and fields are guessed.</source>
      <translation>由图层生成一张图的目录，自动推断类别与字段。</translation>
    </message>
    <message>
      <source>Map approval number</source>
      <translation>审图号</translation>
    </message>
    <message>
      <source>Map {attribute}</source>
      <translation>对应“{attribute}”</translation>
    </message>
    <message>
      <source>Mapped</source>
      <translation>填图占比</translation>
    </message>
    <message>
      <source>Maps and reports</source>
      <translation>图件与报告</translation>
    </message>
    <message>
      <source>Maps…</source>
      <translation>图件…</translation>
    </message>
    <message>
      <source>Margin</source>
      <translation>余量</translation>
    </message>
    <message>
      <source>Middle of the sites</source>
      <translation>地块中心</translation>
    </message>
    <message>
      <source>Move access list</source>
      <translation>移动准入清单</translation>
    </message>
    <message>
      <source>Move layer</source>
      <translation>移动图层</translation>
    </message>
    <message>
      <source>Mu</source>
      <translation>亩</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Name its coordinate reference system in the catalogue (crs).</source>
      <translation>在目录中写明其坐标系（crs）。</translation>
    </message>
    <message>
      <source>Name of the unit</source>
      <translation>管控单元名称</translation>
    </message>
    <message>
      <source>Nature</source>
      <translation>建设性质</translation>
    </message>
    <message>
      <source>Nearest</source>
      <translation>最近要素</translation>
    </message>
    <message>
      <source>Neighbours to consult within (m)</source>
      <translation>会商距离（米）</translation>
    </message>
    <message>
      <source>New from the project</source>
      <translation>由工程新建</translation>
    </message>
    <message>
      <source>No</source>
      <translation>否</translation>
    </message>
    <message>
      <source>No access list yet: add a table of clauses (CSV or XLSX).</source>
      <translation>还没有准入清单：请添加条款表（CSV 或 XLSX）。</translation>
    </message>
    <message>
      <source>No data ({count})</source>
      <translation>无数据·未评价({count})</translation>
    </message>
    <message>
      <source>No industry is called so.</source>
      <translation>没有这样名称的行业。</translation>
    </message>
    <message>
      <source>No layer yet: open layers in QGIS and take them in, or add files.</source>
      <translation>还没有图层：请在 QGIS 中打开图层后采用，或添加文件。</translation>
    </message>
    <message>
      <source>No problem is left.</source>
      <translation>没有问题了。</translation>
    </message>
    <message>
      <source>No rule of the packs applied to the site.</source>
      <translation>没有适用于该地块的规则。</translation>
    </message>
    <message>
      <source>No site is in everything as good as another and better in something.</source>
      <translation>没有哪个地块在各项上都不劣于另一地块且在某项上更优。</translation>
    </message>
    <message>
      <source>No sites yet.</source>
      <translation>尚无地块。</translation>
    </message>
    <message>
      <source>No system fits the numbers.</source>
      <translation>没有坐标系与数值相符。</translation>
    </message>
    <message>
      <source>None yet</source>
      <translation>暂无</translation>
    </message>
    <message>
      <source>Not concerned ({count})</source>
      <translation>不涉及({count})</translation>
    </message>
    <message>
      <source>Not evaluated</source>
      <translation>未核查事项</translation>
    </message>
    <message>
      <source>Not in the catalogue: tick “Use”, or choose its role.</source>
      <translation>不在目录中：请勾选“采用”，或选择其类别。</translation>
    </message>
    <message>
      <source>Notation of degrees</source>
      <translation>度数的写法</translation>
    </message>
    <message>
      <source>Nothing differs</source>
      <translation>未发现差异</translation>
    </message>
    <message>
      <source>Nothing is stated.</source>
      <translation>尚未说明。</translation>
    </message>
    <message>
      <source>Nothing is wrong in {count} things that were looked at.</source>
      <translation>共检查 {count} 项，未发现问题。</translation>
    </message>
    <message>
      <source>Nothing was made; the log says why.</source>
      <translation>未能生成，原因见日志。</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>现在</translation>
    </message>
    <message>
      <source>Number of layers added</source>
      <translation>添加的图层数</translation>
    </message>
    <message>
      <source>Number of sheets</source>
      <translation>图幅数</translation>
    </message>
    <message>
      <source>Number of sites</source>
      <translation>地块数</translation>
    </message>
    <message>
      <source>Number of sites with maps</source>
      <translation>出图的地块数</translation>
    </message>
    <message>
      <source>Number of sites with the verdict “{verdict}”</source>
      <translation>结论为“{verdict}”的地块数</translation>
    </message>
    <message>
      <source>Number of the clause</source>
      <translation>条款号</translation>
    </message>
    <message>
      <source>Number of the document</source>
      <translation>文号</translation>
    </message>
    <message>
      <source>OK</source>
      <translation>确定</translation>
    </message>
    <message>
      <source>Of a text file of sites, such as GB18030. Empty: found by itself.</source>
      <translation>地块文本文件的编码，如 GB18030。留空：自动识别。</translation>
    </message>
    <message>
      <source>One file for all sites</source>
      <translation>所有地块合为一个文件</translation>
    </message>
    <message>
      <source>One file of all lines, a page a sheet.</source>
      <translation>所有线路合为一个文件，每幅一页。</translation>
    </message>
    <message>
      <source>One map</source>
      <translation>一张图</translation>
    </message>
    <message>
      <source>One map a site, as PDF. Maps are drawn after the check; QGIS waits meanwhile.</source>
      <translation>每个地块一幅 PDF 图。核查后绘制，其间 QGIS 需等待。</translation>
    </message>
    <message>
      <source>One map catalogues (*.yaml *.yml)</source>
      <translation>一张图目录 (*.yaml *.yml)</translation>
    </message>
    <message>
      <source>One point a line; numbers in any notation, with or without headings.</source>
      <translation>每行一个点，数值写法不限，可有或没有表头。</translation>
    </message>
    <message>
      <source>One row a place at which something was found in a site's geometry.</source>
      <translation>每行一处图形问题。</translation>
    </message>
    <message>
      <source>One row a rule or layer that could not be evaluated, and why.</source>
      <translation>每行一项未能核查的规则或图层及其原因。</translation>
    </message>
    <message>
      <source>One row a rule that applied to a site.</source>
      <translation>每行一条适用于某地块的规则。</translation>
    </message>
    <message>
      <source>One row a site and class of a raster.</source>
      <translation>每行一个地块与栅格的一个类别。</translation>
    </message>
    <message>
      <source>One row a site and feature it meets, with the overlap.</source>
      <translation>每行一个地块与其涉及的一个要素，含重叠图形。</translation>
    </message>
    <message>
      <source>One row a site and layer.</source>
      <translation>每行一个地块与一个图层。</translation>
    </message>
    <message>
      <source>One row a site, in CGCS2000 longitude and latitude.</source>
      <translation>每行一个地块，CGCS2000 经纬度。</translation>
    </message>
    <message>
      <source>One row a site, with its geometry.</source>
      <translation>每行一个地块，含其图形。</translation>
    </message>
    <message>
      <source>One site drawn</source>
      <translation>已绘制 1 个地块</translation>
    </message>
    <message>
      <source>One site from {source}</source>
      <translation>1 个地块，来自 {source}</translation>
    </message>
    <message>
      <source>Only for tables and points of CASS that do not tell points from corners.</source>
      <translation>仅用于分不清是单点还是拐点的表格和 CASS 点。</translation>
    </message>
    <message>
      <source>Only these sites</source>
      <translation>只绘制这些地块</translation>
    </message>
    <message>
      <source>Only where the file or layer leaves it open, as coordinate text files often do.</source>
      <translation>仅在文件或图层未说明时填写，坐标文本常属此类。</translation>
    </message>
    <message>
      <source>Only within W, S, E, N (degrees)</source>
      <translation>仅取范围内：西、南、东、北（度）</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Open a catalogue</source>
      <translation>打开图层目录</translation>
    </message>
    <message>
      <source>Open a file of sites…</source>
      <translation>打开地块文件…</translation>
    </message>
    <message>
      <source>Open a one map</source>
      <translation>打开一张图</translation>
    </message>
    <message>
      <source>Open one map…</source>
      <translation>打开一张图…</translation>
    </message>
    <message>
      <source>Open the sample city</source>
      <translation>打开示例城市</translation>
    </message>
    <message>
      <source>Open this map</source>
      <translation>打开这张图</translation>
    </message>
    <message>
      <source>Open…</source>
      <translation>打开…</translation>
    </message>
    <message>
      <source>Organisation</source>
      <translation>制图单位</translation>
    </message>
    <message>
      <source>Orientation</source>
      <translation>方向</translation>
    </message>
    <message>
      <source>Origin</source>
      <translation>坐标来源</translation>
    </message>
    <message>
      <source>Origin of the coordinates</source>
      <translation>坐标来源</translation>
    </message>
    <message>
      <source>Outside this guide: {address}</source>
      <translation>指南之外的地址：{address}</translation>
    </message>
    <message>
      <source>Overlaps</source>
      <translation>重叠</translation>
    </message>
    <message>
      <source>PDF: vectors and text. GeoPDF: the same, in which each map has its coordinates.</source>
      <translation>PDF：矢量和文字；GeoPDF：另带每幅图的坐标。</translation>
    </message>
    <message>
      <source>Paper</source>
      <translation>纸张</translation>
    </message>
    <message>
      <source>Papers</source>
      <translation>文书</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>转换参数</translation>
    </message>
    <message>
      <source>Parameters are kept in memory while these sites are in hand, and written nowhere. Without them the verdict stays at further study.</source>
      <translation>参数只在处理这些地块期间留在内存中，不写入任何地方。没有参数时，结论停留在“需进一步核实”。</translation>
    </message>
    <message>
      <source>Part of the dimension</source>
      <translation>子维度</translation>
    </message>
    <message>
      <source>Paste coordinates</source>
      <translation>粘贴坐标</translation>
    </message>
    <message>
      <source>Paste from the clipboard</source>
      <translation>从剪贴板粘贴</translation>
    </message>
    <message>
      <source>Plane of areas</source>
      <translation>面积投影坐标系</translation>
    </message>
    <message>
      <source>Planned use</source>
      <translation>规划用途</translation>
    </message>
    <message>
      <source>Planned uses</source>
      <translation>规划用途</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>问题</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>问题</translation>
    </message>
    <message>
      <source>Problems ({count})</source>
      <translation>问题({count})</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>项目名称</translation>
    </message>
    <message>
      <source>Project facts</source>
      <translation>项目情况</translation>
    </message>
    <message>
      <source>Project sites</source>
      <translation>地块</translation>
    </message>
    <message>
      <source>Project tags</source>
      <translation>项目标签</translation>
    </message>
    <message>
      <source>Put the file back in its place, or correct its path (source) in the catalogue.</source>
      <translation>把文件放回原处，或改正目录中的路径（source）。</translation>
    </message>
    <message>
      <source>Raster classes</source>
      <translation>栅格类别</translation>
    </message>
    <message>
      <source>Read the verdict</source>
      <translation>查看结论</translation>
    </message>
    <message>
      <source>Reads a file of project sites into a layer in CGCS2000 longitude and latitude. The coordinate reference system is taken where the file tells it; where several are possible the file is refused with the place on the map of each, and one must be given.

Faults in geometries are mended by stated rules; the table of care lists each with ring, point and coordinate. The file itself is never changed.</source>
      <translation>将地块文件读成 CGCS2000 经纬度图层。文件说明坐标系的，按文件；可能有多个坐标系的，不予读取并列出各候选在地图上的位置，须由用户指定其一。

图形缺陷按既定规则修正；处理记录表逐项列出地块、环、点号和坐标。原文件绝不改动。</translation>
    </message>
    <message>
      <source>Reads survey text, tables, GIS and CAD files of project sites into a layer.</source>
      <translation>把项目地块的界址点、表格、GIS 和 CAD 文件读成图层。</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>理由</translation>
    </message>
    <message>
      <source>Recent maps</source>
      <translation>最近的一张图</translation>
    </message>
    <message>
      <source>Record of the run</source>
      <translation>运行记录</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>重做</translation>
    </message>
    <message>
      <source>Redo: {edit} (Ctrl+Shift+Z)</source>
      <translation>重做：{edit}（Ctrl+Shift+Z）</translation>
    </message>
    <message>
      <source>Region (polygon file)</source>
      <translation>区域范围（面文件）</translation>
    </message>
    <message>
      <source>Released by</source>
      <translation>签发人</translation>
    </message>
    <message>
      <source>Reload one map</source>
      <translation>重新载入一张图</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Remove all sites</source>
      <translation>移除全部地块</translation>
    </message>
    <message>
      <source>Remove the chosen sites (Del)</source>
      <translation>移除选中的地块（Del）</translation>
    </message>
    <message>
      <source>Remove the selected files from the list</source>
      <translation>从列表中移除选中的文件</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>替换</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>报告</translation>
    </message>
    <message>
      <source>Report number</source>
      <translation>报告编号</translation>
    </message>
    <message>
      <source>Reports</source>
      <translation>报告</translation>
    </message>
    <message>
      <source>Report…</source>
      <translation>报告…</translation>
    </message>
    <message>
      <source>Required</source>
      <translation>必需</translation>
    </message>
    <message>
      <source>Results</source>
      <translation>核查结果</translation>
    </message>
    <message>
      <source>Results of a siting check</source>
      <translation>选址检查结果</translation>
    </message>
    <message>
      <source>Rings (m)</source>
      <translation>距离圈(米)</translation>
    </message>
    <message>
      <source>Rings around the sites (m)</source>
      <translation>地块周边距离圈(米)</translation>
    </message>
    <message>
      <source>Risk maps of the same sites, one file a site.</source>
      <translation>同一批地块的风险图，每个地块一个文件。</translation>
    </message>
    <message>
      <source>Risk maps…</source>
      <translation>风险图…</translation>
    </message>
    <message>
      <source>Role</source>
      <translation>类别</translation>
    </message>
    <message>
      <source>Rule</source>
      <translation>规则</translation>
    </message>
    <message>
      <source>Rule packs</source>
      <translation>规则包</translation>
    </message>
    <message>
      <source>Rule packs (*.yaml *.yml)</source>
      <translation>规则包 (*.yaml *.yml)</translation>
    </message>
    <message>
      <source>Rule packs (YAML). None: the national pack that comes along.</source>
      <translation>规则包(YAML)。不选：用随附的国家规则包。</translation>
    </message>
    <message>
      <source>Rule packs on top of the national one</source>
      <translation>叠加在国家规则包之上的规则包</translation>
    </message>
    <message>
      <source>Rules ask for this attribute.</source>
      <translation>规则需要该属性。</translation>
    </message>
    <message>
      <source>Sample city</source>
      <translation>示例城市</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>Save as…</source>
      <translation>另存为…</translation>
    </message>
    <message>
      <source>Save the catalogue</source>
      <translation>保存图层目录</translation>
    </message>
    <message>
      <source>Saved as {path}.</source>
      <translation>已保存为 {path}。</translation>
    </message>
    <message>
      <source>Scale 1:</source>
      <translation>比例尺 1:</translation>
    </message>
    <message>
      <source>Search…</source>
      <translation>检索…</translation>
    </message>
    <message>
      <source>Secrecy</source>
      <translation>密级</translation>
    </message>
    <message>
      <source>See that the server can be reached, that the table exists and that you may read it.</source>
      <translation>检查服务器能否连接、表是否存在、您是否有读取权限。</translation>
    </message>
    <message>
      <source>Sensitive: not for publication</source>
      <translation>敏感：不得公开</translation>
    </message>
    <message>
      <source>Set a finding aside</source>
      <translation>搁置一项发现</translation>
    </message>
    <message>
      <source>Set aside</source>
      <translation>已搁置</translation>
    </message>
    <message>
      <source>Set aside…</source>
      <translation>搁置…</translation>
    </message>
    <message>
      <source>Settings…</source>
      <translation>设置…</translation>
    </message>
    <message>
      <source>Share</source>
      <translation>占比</translation>
    </message>
    <message>
      <source>Sheet</source>
      <translation>工作表</translation>
    </message>
    <message>
      <source>Sheets</source>
      <translation>图幅</translation>
    </message>
    <message>
      <source>Sheets are landscape.</source>
      <translation>图幅为横向。</translation>
    </message>
    <message>
      <source>Sheets for departments</source>
      <translation>部门事前沟通单</translation>
    </message>
    <message>
      <source>Sheets of water sources</source>
      <translation>水源地一源一册</translation>
    </message>
    <message>
      <source>Show the first finding</source>
      <translation>显示第一条结果</translation>
    </message>
    <message>
      <source>Shown from</source>
      <translation>显示比例尺</translation>
    </message>
    <message>
      <source>Side by side</source>
      <translation>比选</translation>
    </message>
    <message>
      <source>Site</source>
      <translation>地块</translation>
    </message>
    <message>
      <source>Sites</source>
      <translation>地块</translation>
    </message>
    <message>
      <source>Sites and layers</source>
      <translation>地块与图层</translation>
    </message>
    <message>
      <source>Sites that cannot be checked</source>
      <translation>不能核查的地块</translation>
    </message>
    <message>
      <source>Sites, options, rule packs and results travel inside the PDF, and their number stands on each sheet, so that eco-onemap verify can tell whether it was changed and still holds. Leave it out of maps for the public.</source>
      <translation>地块、参数、规则包和结果随 PDF 保存，每幅图印有其编号，可用 eco-onemap verify 核验是否被改动、是否仍成立。向公众公开的图件请勿附带。</translation>
    </message>
    <message>
      <source>Sites: {sites}, points: {points}.</source>
      <translation>地块 {sites} 个，点 {points} 个。</translation>
    </message>
    <message>
      <source>Siting check</source>
      <translation>选址检查</translation>
    </message>
    <message>
      <source>Siting check: {map}</source>
      <translation>选址检查：{map}</translation>
    </message>
    <message>
      <source>Snap to corners and edges of all layers while drawing</source>
      <translation>绘制时捕捉所有图层的顶点和边</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>数据源</translation>
    </message>
    <message>
      <source>Square metres</source>
      <translation>平方米</translation>
    </message>
    <message>
      <source>Stage</source>
      <translation>阶段</translation>
    </message>
    <message>
      <source>State…</source>
      <translation>填写…</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Strip maps</source>
      <translation>带状图</translation>
    </message>
    <message>
      <source>Strip maps of lines…</source>
      <translation>线状项目带状图…</translation>
    </message>
    <message>
      <source>Such as K12+340. Empty: K0+000. Only for sites that are lines.</source>
      <translation>如 K12+340；留空为 K0+000。仅用于线状地块。</translation>
    </message>
    <message>
      <source>Survey error of the sites (m)</source>
      <translation>地块测量误差（米）</translation>
    </message>
    <message>
      <source>Systems that are possible: {count}.</source>
      <translation>有 {count} 个坐标系可能。</translation>
    </message>
    <message>
      <source>Tables (*.csv *.xlsx)</source>
      <translation>表格 (*.csv *.xlsx)</translation>
    </message>
    <message>
      <source>Take doubtful roles, too</source>
      <translation>存疑的类别也采用</translation>
    </message>
    <message>
      <source>Take out</source>
      <translation>移出</translation>
    </message>
    <message>
      <source>Take out access list</source>
      <translation>移出准入清单</translation>
    </message>
    <message>
      <source>Take out layer</source>
      <translation>移除图层</translation>
    </message>
    <message>
      <source>Take the factory</source>
      <translation>选用该工厂</translation>
    </message>
    <message>
      <source>Take the selected features</source>
      <translation>取选中的要素</translation>
    </message>
    <message>
      <source>Take the version in force into the catalogue, or correct valid_from and valid_to.</source>
      <translation>在目录中换上现行版本，或改正 valid_from 和 valid_to。</translation>
    </message>
    <message>
      <source>Tells whether a report was changed after it was made, and whether it still holds.</source>
      <translation>核验报告在生成后是否被改动、用现有数据核查结果是否仍然相同。</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>Text of the clause</source>
      <translation>管控要求</translation>
    </message>
    <message>
      <source>The GeoPackage that a siting check wrote.</source>
      <translation>选址检查写出的 GeoPackage。</translation>
    </message>
    <message>
      <source>The GeoPackage that a siting check wrote; its layers are taken from the catalogue. Or give sites instead, which are then checked first.</source>
      <translation>选址检查写出的 GeoPackage，其图层从目录中读取。也可改为提供地块，先核查再出图。</translation>
    </message>
    <message>
      <source>The catalogue has edits that are not saved. Save them?</source>
      <translation>图层目录有未保存的修改。是否保存？</translation>
    </message>
    <message>
      <source>The check runs in the background; QGIS can be used meanwhile.</source>
      <translation>核查在后台进行，期间可继续使用 QGIS。</translation>
    </message>
    <message>
      <source>The check was stopped.</source>
      <translation>核查已停止。</translation>
    </message>
    <message>
      <source>The day whose law and layers count. Empty: that of the report.</source>
      <translation>以该日有效的法规和图层为准。留空：报告的评价基准日。</translation>
    </message>
    <message>
      <source>The denominator, such as 10000. Not set or 0: by the length of each line.</source>
      <translation>比例尺分母，如 10000；未设置或为 0 时按每条线路的长度选取。</translation>
    </message>
    <message>
      <source>The file is there: see that it is whole, is of a kind that QGIS opens, and holds the layer that the catalogue names.</source>
      <translation>文件在：检查它是否完整、是否为 QGIS 能打开的格式、是否含有目录所写的图层。</translation>
    </message>
    <message>
      <source>The file onemap.yaml of the present data, wherever it lies now. Empty: the report is only compared with what travels inside it.</source>
      <translation>现有数据的 onemap.yaml，可在任何位置。留空：只与报告内含的数据比对。</translation>
    </message>
    <message>
      <source>The file onemap.yaml that names the layers of the region's one map.</source>
      <translation>列出本地区一张图各图层的 onemap.yaml 文件。</translation>
    </message>
    <message>
      <source>The file onemap.yaml that the sites were checked against.</source>
      <translation>选址检查所用的 onemap.yaml 文件。</translation>
    </message>
    <message>
      <source>The file onemap.yaml that the sites were checked against; for another language only.</source>
      <translation>核查所用的 onemap.yaml；仅改用其他语言时需要。</translation>
    </message>
    <message>
      <source>The files are called as the papers are, with their endings.</source>
      <translation>文件名即单据名称，加上各自的扩展名。</translation>
    </message>
    <message>
      <source>The finding stays in the results; it only no longer counts.</source>
      <translation>该发现仍保留在结果中，只是不再计入结论。</translation>
    </message>
    <message>
      <source>The first {count}; one word more finds fewer.</source>
      <translation>仅列出前 {count} 个；多写一个词可缩小范围。</translation>
    </message>
    <message>
      <source>The last check could not be kept: {why}</source>
      <translation>上次核查未能保存：{why}</translation>
    </message>
    <message>
      <source>The layer to take from a file with several, of a drawing the CAD layer, of a workbook the sheet; * for all layers. Empty: the only one with polygons, lines or points.</source>
      <translation>文件中有多个图层时取哪一个；DXF 为 CAD 图层，工作簿为工作表；* 为全部图层。留空：唯一含面、线或点的图层。</translation>
    </message>
    <message>
      <source>The number that its maker told, if you know it.</source>
      <translation>出具者告知的报告编号（如已知）。</translation>
    </message>
    <message>
      <source>The present data give the same result</source>
      <translation>用现有数据核查，结果相同</translation>
    </message>
    <message>
      <source>The project</source>
      <translation>项目</translation>
    </message>
    <message>
      <source>The project's folder cannot be written: kept for this session.</source>
      <translation>工程所在文件夹不可写，仅在本次运行中保存。</translation>
    </message>
    <message>
      <source>The report is as it was made</source>
      <translation>报告与生成时一致</translation>
    </message>
    <message>
      <source>The rows form</source>
      <translation>各行构成</translation>
    </message>
    <message>
      <source>The rules in use ask for this and no more. What stays unknown keeps a verdict at further study; what a file says of its sites goes before.</source>
      <translation>这里只问所用规则和准入清单需要的内容。保持未知的，相关结论停留在“需进一步核实”；文件对地块已有说明的，以文件为准。</translation>
    </message>
    <message>
      <source>The sample city is invented and has all kinds of layers.</source>
      <translation>示例城市纯属虚构，各类图层齐全。</translation>
    </message>
    <message>
      <source>The site meets none of the layers that were checked.</source>
      <translation>该地块不涉及任何已核查图层。</translation>
    </message>
    <message>
      <source>The sites have changed since this check.</source>
      <translation>地块在本次核查之后有变化，请重新核查。</translation>
    </message>
    <message>
      <source>The tables without geometry, one file each, which a spreadsheet opens as it is.</source>
      <translation>不含图形的结果表，每表一个文件，电子表格可直接打开。</translation>
    </message>
    <message>
      <source>The verdict: {verdict}</source>
      <translation>结论：{verdict}</translation>
    </message>
    <message>
      <source>The 审图号 under which the maps may be published. Empty: a line to fill in. Organisation and maker are taken from the settings.</source>
      <translation>公开使用地图所需的审图号。留空则留一条横线供填写。制图单位和制图人取自设置。</translation>
    </message>
    <message>
      <source>Then choose “Reload one map”.</source>
      <translation>然后选择“重新载入一张图”。</translation>
    </message>
    <message>
      <source>There is no cure at a click for this one.</source>
      <translation>此问题没有一键修正的办法。</translation>
    </message>
    <message>
      <source>There is no layer that the site does not meet.</source>
      <translation>没有不涉及的图层。</translation>
    </message>
    <message>
      <source>They stand beside the PDF, with their numbers; 300 dots an inch.</source>
      <translation>与 PDF 同一文件夹，按序号命名，300 dpi。</translation>
    </message>
    <message>
      <source>Three are a millimetre, as land approval asks for.</source>
      <translation>3 位即毫米，符合用地报批要求。</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Title of the one map</source>
      <translation>一张图名称</translation>
    </message>
    <message>
      <source>Type coordinates</source>
      <translation>输入坐标</translation>
    </message>
    <message>
      <source>Type coordinates…</source>
      <translation>输入坐标…</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
    <message>
      <source>Undo: {edit} (Ctrl+Z)</source>
      <translation>撤销：{edit}（Ctrl+Z）</translation>
    </message>
    <message>
      <source>Units of areas</source>
      <translation>面积单位</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>未知</translation>
    </message>
    <message>
      <source>Unsaved catalogue</source>
      <translation>图层目录未保存</translation>
    </message>
    <message>
      <source>Up</source>
      <translation>上移</translation>
    </message>
    <message>
      <source>Use</source>
      <translation>采用</translation>
    </message>
    <message>
      <source>Verdict</source>
      <translation>结论</translation>
    </message>
    <message>
      <source>Verdicts</source>
      <translation>核查结论</translation>
    </message>
    <message>
      <source>Verify a report</source>
      <translation>核验报告</translation>
    </message>
    <message>
      <source>Verify a report…</source>
      <translation>核验报告…</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>版本</translation>
    </message>
    <message>
      <source>Versions, options and fingerprints of all inputs.</source>
      <translation>全部输入的版本、选项和指纹。</translation>
    </message>
    <message>
      <source>Weight</source>
      <translation>程度</translation>
    </message>
    <message>
      <source>What</source>
      <translation>检查项</translation>
    </message>
    <message>
      <source>What a site passes by less than the errors of site, transformation and layer together needs a survey and is never clear.</source>
      <translation>余量小于地块、坐标转换和图层合成误差的，须实测，不会判为“未发现冲突”。</translation>
    </message>
    <message>
      <source>What all the projects are, such as: chemical,new. Added to the tags of each site.</source>
      <translation>全部项目的属性，例如：chemical,new。加入每个项目的标签。</translation>
    </message>
    <message>
      <source>What bringing the sites to CGCS2000 may have added, such as from an older datum.</source>
      <translation>转换到 2000 国家大地坐标系可能带来的误差，例如由旧基准转换。</translation>
    </message>
    <message>
      <source>What cannot be written here is said and left.</source>
      <translation>本机无法写出的格式会说明并略过。</translation>
    </message>
    <message>
      <source>What differs:</source>
      <translation>差异：</translation>
    </message>
    <message>
      <source>What fields hold, such as: name=XMMC; industry=HYDM; nature=建设性质.</source>
      <translation>字段对应关系，例如：name=XMMC; industry=HYDM; nature=建设性质。</translation>
    </message>
    <message>
      <source>What holds where the file is silent, such as: nature=新建; planned_use=居住; stage=选址; industry=C2614; tags=chemical; not_tags=mining.</source>
      <translation>文件未写明时适用，例如：nature=新建; planned_use=居住; stage=选址; industry=C2614; tags=chemical; not_tags=mining。</translation>
    </message>
    <message>
      <source>What is checked</source>
      <translation>核查内容</translation>
    </message>
    <message>
      <source>What may have made it differ:</source>
      <translation>可能的原因：</translation>
    </message>
    <message>
      <source>What rows of points form</source>
      <translation>各行点构成什么</translation>
    </message>
    <message>
      <source>What was found</source>
      <translation>核验结果</translation>
    </message>
    <message>
      <source>Where the coordinates lie</source>
      <translation>坐标所在位置</translation>
    </message>
    <message>
      <source>Whether chainage runs against the direction in which lines were drawn.</source>
      <translation>桩号是否与线路绘制方向相反。</translation>
    </message>
    <message>
      <source>Who says so</source>
      <translation>复核人</translation>
    </message>
    <message>
      <source>Who went through the checklist of the edition for the public, which the log shows; without a name it is not written.</source>
      <translation>逐项核对公众版清单的人（清单见日志）；不填则不写出公众版。</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>原因</translation>
    </message>
    <message>
      <source>Width of a line, radius of a point; 0: just the line or point</source>
      <translation>线的宽度、点的半径；0 表示仅取线或点本身</translation>
    </message>
    <message>
      <source>Words for zoning control</source>
      <translation>分区管控用语</translation>
    </message>
    <message>
      <source>Words of the name, or the beginning of the code</source>
      <translation>名称中的词，或代码开头</translation>
    </message>
    <message>
      <source>Writes a layer of project sites as survey text (TXT), CASS points or CSV.</source>
      <translation>将地块图层写成界址点文本(TXT)、CASS 点文件或 CSV。</translation>
    </message>
    <message>
      <source>Writes papers on results that a siting check left in a GeoPackage, without checking again: a Word document with contents, captions and columns to fill in, a workbook with all result tables, a page for the browser, and a PDF. All have the same numbers.

Maps are taken from a folder that the siting check or Make maps filled: images are embedded, of a series that with all layers; of PDF maps the PNG beside them is shown. A report on one site has all sheets of its series behind the chapters.</source>
      <translation>根据选址检查留在 GeoPackage 中的结果写出报告等文书，不重新核查：带目录、题注和待填栏的 Word 文档，含全部结果表的工作簿，供浏览器查看的网页，以及 PDF。各文件数字一致。

图件取自“选址检查”或“制作图件”写出的文件夹：图片直接嵌入，系列图取叠加全部图层的一幅；PDF 图件则显示其旁边的 PNG。只有一个地块的报告在正文之后附该地块系列图的全部图件。</translation>
    </message>
    <message>
      <source>Writes the papers on results of a siting check as Word, Excel, HTML and PDF.</source>
      <translation>把选址检查结果写成 Word、Excel、HTML 和 PDF 报告与单据。</translation>
    </message>
    <message>
      <source>Writes the sites of a layer, all or only selected, as land survey coordinates (TXT), CASS points (DAT), a table of points (CSV) or a GeoPackage; the ending of the file says which. TXT needs Gauss-Krüger coordinates: without a CRS given, sites in degrees are brought to the 3° zone of CGCS2000 around them.</source>
      <translation>将图层中的地块(全部或仅选中)写成界址点坐标文本(TXT)、CASS 点文件(DAT)、点坐标表(CSV)或 GeoPackage，由文件扩展名决定。TXT 须为高斯-克吕格坐标：未指定坐标系时，以经纬度表示的地块转换到其所在的 CGCS2000 三度带。</translation>
    </message>
    <message>
      <source>Written as {name} in the catalogue.</source>
      <translation>在目录中写作 {name}。</translation>
    </message>
    <message>
      <source>Written to {folder}.</source>
      <translation>已写入 {folder}。</translation>
    </message>
    <message>
      <source>Wrong: {wrong} of {count}.</source>
      <translation>共检查 {count} 项，{wrong} 项有问题。</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>是</translation>
    </message>
    <message>
      <source>You find these steps again in the menu of Eco One Map.</source>
      <translation>可随时从“生态环境一张图”菜单再次打开。</translation>
    </message>
    <message>
      <source>a line</source>
      <translation>一条线</translation>
    </message>
    <message>
      <source>a polygon</source>
      <translation>面</translation>
    </message>
    <message>
      <source>as the file shows</source>
      <translation>按文件所示</translation>
    </message>
    <message>
      <source>as the rows say</source>
      <translation>按各行所示</translation>
    </message>
    <message>
      <source>as they are written</source>
      <translation>按写法判断</translation>
    </message>
    <message>
      <source>by its heading</source>
      <translation>按列标题识别</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>已指定</translation>
    </message>
    <message>
      <source>complete in the region</source>
      <translation>区域内完整</translation>
    </message>
    <message>
      <source>corners of an area</source>
      <translation>面的界址点</translation>
    </message>
    <message>
      <source>decimal</source>
      <translation>十进制度</translation>
    </message>
    <message>
      <source>decimal degrees (118.5 is 118°30′)</source>
      <translation>十进制度（118.5 即 118°30′）</translation>
    </message>
    <message>
      <source>degrees, minutes, seconds</source>
      <translation>度分秒</translation>
    </message>
    <message>
      <source>degrees.minutes and seconds (118.3000 is 118°30′)</source>
      <translation>度.分秒（118.3000 即 118°30′）</translation>
    </message>
    <message>
      <source>draw {name}</source>
      <translation>绘制{name}</translation>
    </message>
    <message>
      <source>en or zh: the language of tables, report and maps.</source>
      <translation>en 或 zh：结果表、报告和图件的语言。</translation>
    </message>
    <message>
      <source>environment,ecology,red line,constraint,site selection,overlay,buffer,risk</source>
      <translation>环境,生态,红线,约束,选址,叠加,缓冲,风险</translation>
    </message>
    <message>
      <source>extension</source>
      <translation>扩建</translation>
    </message>
    <message>
      <source>ha</source>
      <translation>公顷</translation>
    </message>
    <message>
      <source>in China</source>
      <translation>在中国境内</translation>
    </message>
    <message>
      <source>in the map's region</source>
      <translation>在一张图区域内</translation>
    </message>
    <message>
      <source>installed</source>
      <translation>已安装</translation>
    </message>
    <message>
      <source>internal</source>
      <translation>内部</translation>
    </message>
    <message>
      <source>landscape</source>
      <translation>横向</translation>
    </message>
    <message>
      <source>landscape: what is said of the site stands beside the map; portrait: below it.</source>
      <translation>landscape 横版：文字说明在图的右侧；portrait 竖版：在图的下方。</translation>
    </message>
    <message>
      <source>missing</source>
      <translation>缺少</translation>
    </message>
    <message>
      <source>mu</source>
      <translation>亩</translation>
    </message>
    <message>
      <source>m²</source>
      <translation>平方米</translation>
    </message>
    <message>
      <source>new</source>
      <translation>新建</translation>
    </message>
    <message>
      <source>new catalogue</source>
      <translation>新目录</translation>
    </message>
    <message>
      <source>no guess</source>
      <translation>无法推断</translation>
    </message>
    <message>
      <source>none</source>
      <translation>无</translation>
    </message>
    <message>
      <source>none: Chinese on maps would be empty boxes; install Noto Sans CJK or the like</source>
      <translation>没有中文字体：图上的汉字会变成方框，请安装思源黑体(Noto Sans CJK)等字体</translation>
    </message>
    <message>
      <source>not given</source>
      <translation>未填</translation>
    </message>
    <message>
      <source>not in the table</source>
      <translation>表中没有</translation>
    </message>
    <message>
      <source>not installed; only what needs it is missing</source>
      <translation>未安装，仅影响需要它的功能</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>不明</translation>
    </message>
    <message>
      <source>not stated</source>
      <translation>未说明</translation>
    </message>
    <message>
      <source>not: {tags}</source>
      <translation>不属于：{tags}</translation>
    </message>
    <message>
      <source>of this kind, whichever</source>
      <translation>属于此类（不限种类）</translation>
    </message>
    <message>
      <source>one of those above</source>
      <translation>上列之一</translation>
    </message>
    <message>
      <source>outside China</source>
      <translation>在中国境外</translation>
    </message>
    <message>
      <source>outside the map's region</source>
      <translation>在一张图区域外</translation>
    </message>
    <message>
      <source>overview: where the site lies. redline, nature, water, soil, control, sea, land, targets, other: one theme, drawn for sites that it concerns. risk: all layers.</source>
      <translation>overview：地理位置图。redline、nature、water、soil、control、sea、land、targets、other：分别为生态保护红线、自然保护地与湿地、水、土壤、管控单元、海域、农用地、敏感目标和其他专题图，仅为涉及的地块绘制。risk：叠加全部图层的风险一张图。</translation>
    </message>
    <message>
      <source>pdf: vectors and text. geopdf: the same, in which each map has its coordinates. png: an image a sheet, 300 dots an inch.</source>
      <translation>pdf：矢量图形和文字。geopdf：同上，且每幅地图带坐标。png：每幅一张图片，300 dpi。</translation>
    </message>
    <message>
      <source>points</source>
      <translation>点</translation>
    </message>
    <message>
      <source>portrait</source>
      <translation>纵向</translation>
    </message>
    <message>
      <source>public</source>
      <translation>公开</translation>
    </message>
    <message>
      <source>rebuilding</source>
      <translation>改建</translation>
    </message>
    <message>
      <source>rebuilding and extension</source>
      <translation>改扩建</translation>
    </message>
    <message>
      <source>rectangle of its features</source>
      <translation>要素外接矩形</translation>
    </message>
    <message>
      <source>relocation</source>
      <translation>迁建</translation>
    </message>
    <message>
      <source>remove {count}</source>
      <translation>移除 {count} 个地块</translation>
    </message>
    <message>
      <source>rename {name}</source>
      <translation>重命名{name}</translation>
    </message>
    <message>
      <source>report; departments: a sheet for each office with its points only; comparison: candidate sites side by side; sources: a sheet for each source of drinking water; public: the edition for the public.</source>
      <translation>report：报告；departments：各部门事前沟通单，只列本部门事项；comparison：候选地块比选表；sources：饮用水水源一源一册；public：公众版。</translation>
    </message>
    <message>
      <source>sensitive</source>
      <translation>敏感</translation>
    </message>
    <message>
      <source>set aside</source>
      <translation>已搁置</translation>
    </message>
    <message>
      <source>single points</source>
      <translation>单个点</translation>
    </message>
    <message>
      <source>survey or GPS (CGCS2000, WGS 84)</source>
      <translation>测量或 GPS(CGCS2000、WGS 84)</translation>
    </message>
    <message>
      <source>take {source}</source>
      <translation>取用{source}</translation>
    </message>
    <message>
      <source>technical upgrade</source>
      <translation>技术改造</translation>
    </message>
    <message>
      <source>that of the results</source>
      <translation>与成果相同</translation>
    </message>
    <message>
      <source>the 3° zone of each site</source>
      <translation>各地块所在 3° 带</translation>
    </message>
    <message>
      <source>the clipboard</source>
      <translation>剪贴板</translation>
    </message>
    <message>
      <source>the map</source>
      <translation>地图</translation>
    </message>
    <message>
      <source>the region has none of it</source>
      <translation>本地区确实没有</translation>
    </message>
    <message>
      <source>three lines, one list</source>
      <translation>三线一单</translation>
    </message>
    <message>
      <source>typed coordinates</source>
      <translation>输入的坐标</translation>
    </message>
    <message>
      <source>unknown</source>
      <translation>未知</translation>
    </message>
    <message>
      <source>verify,digest,seal,forged,edited</source>
      <translation>核验,摘要,改动,伪造,真伪</translation>
    </message>
    <message>
      <source>whole catalogue</source>
      <translation>整个目录</translation>
    </message>
    <message>
      <source>zoning control</source>
      <translation>生态环境分区管控</translation>
    </message>
    <message>
      <source>zoning: the words of 生态环境分区管控; three_lines: those of 三线一单.</source>
      <translation>zoning：使用“生态环境分区管控”用语；three_lines：使用“三线一单”用语。</translation>
    </message>
    <message>
      <source>{count} clauses are read; {readable} of them can be decided by a machine.</source>
      <translation>读到 {count} 条，其中 {readable} 条可由机器判定。</translation>
    </message>
    <message>
      <source>{count} sites drawn</source>
      <translation>已绘制 {count} 个地块</translation>
    </message>
    <message>
      <source>{count} sites from {source}</source>
      <translation>{count} 个地块，来自 {source}</translation>
    </message>
    <message>
      <source>{distance} m</source>
      <translation>{distance} 米</translation>
    </message>
    <message>
      <source>{field}? ({certainty})</source>
      <translation>{field}？（{certainty}）</translation>
    </message>
    <message>
      <source>{folder} cannot be written to: layers are cut anew at each check</source>
      <translation>{folder} 不可写：每次核查都要重新编译图层</translation>
    </message>
    <message>
      <source>{layer} (not shown)</source>
      <translation>{layer}（未显示）</translation>
    </message>
    <message>
      <source>{layer}: distance</source>
      <translation>{layer}：距离</translation>
    </message>
    <message>
      <source>{layer}: length inside</source>
      <translation>{layer}：穿越长度</translation>
    </message>
    <message>
      <source>{layer}: overlap</source>
      <translation>{layer}：重叠面积</translation>
    </message>
    <message>
      <source>{measured} where {expected} is right</source>
      <translation>得 {measured}，应为 {expected}</translation>
    </message>
    <message>
      <source>{one} is never better than {other}, and worse in something.</source>
      <translation>{one} 各项均不优于 {other}，且至少一项更差。</translation>
    </message>
    <message>
      <source>{path} (not there)</source>
      <translation>{path}（文件不存在）</translation>
    </message>
    <message>
      <source>{path} was changed by another program since it was opened here. Replace it? What it holds now is kept as a backup (.bak).</source>
      <translation>{path} 打开后已被其他程序改动。是否替换？现有内容会保留为备份（.bak）。</translation>
    </message>
    <message>
      <source>{reason} ({author}, {day})</source>
      <translation>{reason}({author}，{day})</translation>
    </message>
    <message>
      <source>{requirement} (found {version})</source>
      <translation>{requirement}(现有 {version})</translation>
    </message>
    <message>
      <source>{role}? ({certainty})</source>
      <translation>{role}？（{certainty}）</translation>
    </message>
    <message>
      <source>{shown} layers are shown, {lacking} are not: {names}.</source>
      <translation>已显示 {shown} 个图层，未显示 {lacking} 个：{names}。</translation>
    </message>
    <message>
      <source>{shown} layers are shown.</source>
      <translation>已显示 {shown} 个图层。</translation>
    </message>
    <message>
      <source>ΔX, ΔY, ΔZ (m), or with rotations (″) and scale (ppm)</source>
      <translation>ΔX, ΔY, ΔZ（米），或再加旋转（″）与尺度（ppm）</translation>
    </message>
  </context>
</TS>
