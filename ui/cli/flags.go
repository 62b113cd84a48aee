package cli

import "github.com/spf13/cobra"

// flags are shared by the commands where they make sense (product.md §2).
type flags struct {
	brief, preset, output, into        string
	sets, sections                     []string
	hint, drafter, model, baseURL      string
	chapter, format, lang, length      string
	stateDir, config, house, explainTo string
	offline, force, backup, strict     bool
	fix, yes, quiet, explain, review   bool
	verify                             bool
	noRepair, noFallback, parallel     bool
	dryRun, redact                     bool
	noColor, ascii, accessible         bool
	frontMatter, noSidecar             bool
}

// register adds the flags that every command understands.
func (f *flags) register(root *cobra.Command) {
	p := root.PersistentFlags()
	p.StringVarP(&f.brief, "brief", "b", "", "简报文件（YAML 或文字），- 表示标准输入")
	p.StringVarP(&f.preset, "preset", "t", "", "从预设开始，编号见 dbchapter presets")
	p.StringArrayVar(&f.sets, "set", nil, "改一个值，如 --set system.dau=80万（可重复）")
	p.StringVar(&f.lang, "lang", "", "界面语言 zh 或 en（章节总是中文）")
	p.BoolVarP(&f.yes, "yes", "y", false, "从不提问")
	p.BoolVarP(&f.quiet, "quiet", "q", false, "标准错误只写错误")
	p.StringVar(&f.stateDir, "state-dir", "", "草稿目录")
	p.StringVar(&f.config, "config", "", "配置文件")
	p.StringVar(&f.house, "house", "", "本单位的规则文件（阈值、命名、版本表）")
	p.BoolVar(&f.noColor, "no-color", false, "不用颜色")
	p.BoolVar(&f.ascii, "ascii", false, "界面只用 ASCII 线条")
	p.BoolVar(&f.accessible, "accessible", false, "逐行提问，适合读屏软件")
	f.registerDrafter(root)
}

// registerDrafter adds the flags that choose who writes.
func (f *flags) registerDrafter(c *cobra.Command) {
	p := c.PersistentFlags()
	p.StringVar(&f.drafter, "drafter", "", "由谁起草：offline 或模型服务的编号")
	p.StringVar(&f.model, "model", "", "模型名")
	p.StringVar(&f.baseURL, "base-url", "", "模型服务地址（https，或本机 http）")
	p.BoolVar(&f.offline, "offline", false, "不用网络，无论配置了什么")
}

// registerOutput adds where the product goes.
func (f *flags) registerOutput(c *cobra.Command) {
	p := c.Flags()
	p.StringVarP(&f.output, "output", "o", "-", "输出文件，- 表示标准输出")
	p.BoolVar(&f.force, "force", false, "覆盖已有文件")
	p.BoolVar(&f.backup, "backup", false, "覆盖前把已有文件另存为 .bak")
}
