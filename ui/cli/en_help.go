package cli

// englishHelp are the English words of what --help shows.
func englishHelp() map[string]string {
	return map[string]string{
		// The frame.
		"用法：": "Usage:", "命令": "command", "命令：": "Commands:", "[参数]": "[flags]", "例子：": "Examples:", "参数：": "Flags:", "各命令共有的参数：": "Flags of every command:",
		"“dbchapter 命令 --help”说明一个命令。": "\"dbchapter COMMAND --help\" explains a command.",
		"说明": "help", "版本": "version", "说明一个命令": "Explain a command",
		"名称": "NAME", "用法": "SYNOPSIS", "参数": "OPTIONS", "退出码": "EXIT STATUS", "例子": "EXAMPLES", "命令 [参数]": "command [options]",
		"完成": "done", "没有做成": "it could not be done", "参数、简报或其他输入有错": "a flag, the brief or another input is wrong",
		"做完了，但检查发现错误（--strict：或警告）": "done, but the checker found errors (--strict: or warnings)",
		"模型服务出错；收到的内容在草稿里":          "the model's provider failed; what was received is in a draft",
		"被中断": "interrupted",

		// The root.
		"数据库设计章节向导：从简报到通过评审的一章": "A wizard for the database design chapter: from a brief to a chapter that passes its review",
		"dbchapter 从系统、数据库、微服务、业务实体的描述生成架构文档的「数据库设计」一章。\n不带命令时打开向导；FILE 可以是简报（.yaml）、已保存的章节（.md）、建表语句（.sql）或文字（.txt）。": "dbchapter writes the database design chapter (in Chinese) of an architecture document from what you know about the\n" +
			"system, its databases, services and entities. Without a command it opens the wizard; FILE may be a brief (.yaml),\na saved chapter (.md), DDL (.sql) or prose (.txt).",
		"  dbchapter                                  打开向导\n  dbchapter draft --preset parking           由预设直接生成一章，写到标准输出\n  dbchapter draft -b brief.yaml -o ch.md     由简报生成一章\n  dbchapter draft --chapter ch.md --section cache --hint \"改用多级缓存\" -o ch.md --force\n                                             只重写一节，其余逐字节不变\n  dbchapter brief from schema.sql -o b.yaml  由建表语句整理出简报\n  dbchapter prompt -b brief.yaml             打印完整提示词，可粘贴到任何对话\n  dbchapter check ch.md                      检查一章，给出发现和分数": "  dbchapter                                  open the wizard\n" +
			"  dbchapter draft --preset parking           draft a chapter from a preset to standard output\n" +
			"  dbchapter draft -b brief.yaml -o ch.md     draft a chapter from a brief\n" +
			"  dbchapter draft --chapter ch.md --section cache --hint \"改用多级缓存\" -o ch.md --force\n" +
			"                                             rewrite one section, every other byte stays\n" +
			"  dbchapter brief from schema.sql -o b.yaml  make a brief from DDL\n" +
			"  dbchapter prompt -b brief.yaml             print the whole prompt, to paste into any chat\n" +
			"  dbchapter check ch.md                      check a chapter: findings and score",
		"简报文件（YAML 或文字），- 表示标准输入":          "brief file (YAML or prose), - is standard input",
		"从预设开始，编号见 dbchapter presets":      "start from a preset, ids in dbchapter presets",
		"改一个值，如 --set system.dau=80万（可重复）": "set one value, like --set system.dau=800k (repeatable)",
		"界面语言 zh 或 en（章节总是中文）":             "language of the interface, zh or en (the chapter is always Chinese)",
		"从不提问":     "never ask",
		"标准错误只写错误": "only errors on standard error",
		"草稿目录":     "directory of the drafts",
		"配置文件":     "configuration file",
		"本单位的规则文件（阈值、命名、版本表）": "rules of your organisation (thresholds, names, versions)",
		"不用颜色":                  "no colour",
		"界面只用 ASCII 线条":         "draw with ASCII only",
		"逐行提问，适合读屏软件":           "one question a line, for screen readers",
		"由谁起草：offline 或模型服务的编号": "who drafts: offline or the id of a provider",
		"模型名": "model",
		"模型服务地址（https，或本机 http）": "address of the model's service (https, or http on this machine)",
		"不用网络，无论配置了什么":           "no network, whatever is configured",
		"输出文件，- 表示标准输出":          "output file, - is standard output",
		"覆盖已有文件":                 "overwrite an existing file",
		"覆盖前把已有文件另存为 .bak":       "keep the existing file as .bak before overwriting",

		// draft and prompt.
		"由简报直接生成一章，不提问":                      "Brief in, chapter out, no questions",
		"只要这一节（编号、英文或标题，可重复）":                "only this section (number, id or title; repeatable)",
		"对起草的要求，如 改用多级缓存":                    "a wish to the drafter, like 改用多级缓存",
		"已保存的章节，与 --section 一起用：其余各节逐字节不变":   "a saved chapter, with --section: every other byte stays",
		"放进这份文档的标记之间，标题级别随之下移":               "put it between the markers of this document, headings shifted to fit",
		"篇幅 brief、standard 或 full（精简、标准、详尽）": "length: brief, standard or full",
		"把决策记录写到标准错误":                        "write the record of decisions to standard error",
		"把决策记录写到文件":                          "write the record of decisions to a file",
		"有警告也以退出码 3 结束":                      "exit 3 on warnings too",
		"模型的错误不再让它修改":                        "do not ask the model to mend its errors",
		"模型出错时草稿里不用离线起草补齐":                   "do not fill a draft by rules when the model fails",
		"各节并行请求":                             "ask for the sections in parallel",
		"只说会发送什么、发往哪里，什么都不发送":                "say what would be sent and where, send nothing",
		"发送前遮住简报里的地址、口令、邮箱、电话":               "hide addresses, passwords, mail and phone numbers before sending",
		"把简报写在章节开头（YAML），不另写文件":              "put the brief in front of the chapter (YAML) instead of beside it",
		"不在章节旁边写简报（NAME.brief.yaml）":         "do not write the brief beside the chapter (NAME.brief.yaml)",
		"打印完整提示词，可粘贴到任何对话":                   "Print the whole prompt, to paste into any chat",

		// check.
		"检查一章：发现、分数，供人和 CI 使用": "Check a chapter: findings and score, for people and CI",
		"检查章节的格式、建表语句、各节之间的引用，以及与简报是否一致。\n简报取自 --brief、--preset、文件开头的 YAML，或旁边的 NAME.brief.yaml；没有简报时只检查章节本身。\n文件里有 dbchapter 标记时只检查标记之间。退出码 0 通过，3 有错误（--strict：或有警告）。": "Check a chapter's form, its DDL, the references between its sections, and whether it fits its brief.\n" +
			"The brief is that of --brief, --preset, the YAML in front of the chapter, or NAME.brief.yaml beside it; without one only\nthe chapter itself is checked. In a file with dbchapter markers only what stands between them is checked.\nExit 0: passed; 3: errors (--strict: or warnings).",
		"输出格式 text、json 或 sarif":                      "output format: text, json or sarif",
		"有警告也算没有通过":                                   "warnings fail too",
		"把可以安全修复的改好，写回文件（或 --output）":                 "apply the safe fixes, to the file itself (or --output)",
		"架构评审预检：最要紧的三点和结论":                            "what an architecture review would say first: three points and a verdict",
		"再用本机的 mariadbd、postgres 执行一遍建表语句（临时实例，用后删除）": "also execute the DDL in a scratch mariadbd or postgres of this machine",

		// The others.
		"新建、检查或整理简报":                                                          "Make, check or normalise a brief",
		"由预设新建一份简报（YAML）":                                                     "A new brief from a preset (YAML)",
		"  dbchapter brief new -t parking --set system.dau=80万 -o brief.yaml": "  dbchapter brief new -t parking --set system.dau=800k -o brief.yaml",
		"检查一份简报，一次列出全部问题；--output 写出整理后的简报":                                   "Check a brief and list everything wrong at once; --output writes it in its normal form",
		"由建表语句（.sql）或文字（.txt、.md）整理出一份简报":                                     "A brief from DDL (.sql) or prose (.txt, .md)",
		"由建表语句（.sql）或文字（.txt、.md）整理出一份简报，写成 YAML。\n多个 .sql 文件各算一个服务，文件名是服务代号。没看懂的、还缺的都列在标准错误。":                              "Make a brief (YAML) from DDL (.sql) or prose (.txt, .md).\nSeveral .sql files are one service each, named by the file. What was not understood and what is still missing is listed on standard error.",
		"  dbchapter brief from order.sql user.sql --set system.name=交易平台 -o brief.yaml\n  dbchapter brief from - < 需求.txt": "  dbchapter brief from order.sql user.sql --set system.name=交易平台 -o brief.yaml\n  dbchapter brief from - < requirements.txt",
		"列出领域预设；presets show ID 打印它的简报":                           "List presets; presets show ID prints a brief",
		"打印一个预设的简报（YAML）":                                         "Print the brief of a preset (YAML)",
		"列出草稿；drafts show/rm ID":                                  "List drafts; drafts show/rm ID",
		"打印一份草稿的章节；还没有章节时打印简报":                                    "Print a draft's chapter, or its brief when there is none yet",
		"只打印 chapter（章节）、brief（简报）、received（模型没写完的原文）或 notes（附注）": "print only: chapter, brief, received (what a model did not finish) or notes",
		"删除草稿": "Delete drafts",
		"这台机器上什么可用、还缺什么（不显示密钥，只询问本机服务）":       "What works on this machine and what is missing (shows no key, asks only local servers)",
		"打印 bash、zsh、fish 或 powershell 的补全脚本": "Print the completion script for bash, zsh, fish or powershell",
		"打印手册页（roff），供打包使用":                   "Print the manual page (roff), for packagers",
		"练习评审：一章里埋了十处错误，找出来或改好，再评分":           "Practise reviewing: find or mend ten mistakes in a chapter, then be graded",
		"写出一章埋了十处错误的示例（--output）和它的简报。找错可以自己读，也可以用 dbchapter check。\n评分（--grade）给改好的章节，或一份答案：每行一个行号、规则编号，或两者都写。全部找到时退出码为 0，否则为 3。": "Write an example chapter with ten mistakes (--output) and its brief. Find them by reading or with dbchapter check.\n" +
			"Grade (--grade) a mended chapter, or answers: on each line a line number, the id of a rule, or both. Exit 0 when all are found, else 3.",
		"  dbchapter learn -o exercise.md\n  dbchapter check exercise.md\n  dbchapter learn --grade exercise.md        评改好的章节\n  printf '46 D006\\n301\\n' | dbchapter learn --grade -": "  dbchapter learn -o exercise.md\n  dbchapter check exercise.md\n  dbchapter learn --grade exercise.md        grade a mended chapter\n  printf '46 D006\\n301\\n' | dbchapter learn --grade -",
		"给这份文件评分：改好的章节，或每行一个行号或规则编号的答案；- 是标准输入":                                                                                                                                         "grade this file: a mended chapter, or answers with a line number or rule on each line; - is standard input",
		"把一章变成其他形式": "Other forms of a chapter",
		"把一章变成其他形式。--output 是文件或已有的目录；产物不止一个文件时是目录，不存在则新建。\n\n形式：\n": "Other forms of a chapter. --output is a file or an existing directory; for several files it is a directory, made when missing.\n\nForms:\n",
		"形式（见上）":                         "form (see above)",
		"打印 --to json 的 JSON Schema":     "print the JSON Schema of --to json",
		"打印 --format json 的 JSON Schema": "print the JSON Schema of --format json",
		"打印简报的 JSON Schema，供编辑器补全和校验":    "Print the JSON Schema of a brief, for editors",
	}
}
