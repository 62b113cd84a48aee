package ui_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dbchapter/ui/ptytest"
)

// sizes are the terminals every door is gone through in.
var sizes = [][2]int{{80, 24}, {100, 30}, {160, 50}}

const (
	someSQL  = "CREATE TABLE orders (\n  id BIGINT PRIMARY KEY,\n  order_no VARCHAR(32) NOT NULL COMMENT '订单号',\n  user_id BIGINT NOT NULL COMMENT '用户ID',\n  total_amount DECIMAL(18,2) NOT NULL COMMENT '总金额',\n  UNIQUE KEY uk_order_no (order_no)\n) COMMENT='订单';\n"
	someText = "系统名称：城市图书馆借阅平台\n\n读者可以检索图书、预约和借阅，馆员登记入库与归还。日活用户约 5 万。\n数据库采用 MySQL 8.4 和 Redis 7.2。\n\n业务实体：\n读者（姓名、手机号、证件号）\n图书（书名、ISBN、作者）\n借阅记录（借阅单号、读者、图书、借出时间、归还时间）\n"
)

// door walks from the first screen to the door in that line and opens it.
func door(x *ptytest.Term, name string) {
	x.WaitText("▸", "快速生成")
	for range 7 {
		if strings.Contains(x.Screen(), "▸ "+name) {
			break
		}
		before := x.Screen()
		x.Type("j")
		x.WaitFor("the next door", func() bool { return x.Screen() != before })
	}
	x.WaitText("▸ " + name)
	x.Type(ptytest.Enter)
}

// file types a path into the field of a door.
func file(x *ptytest.Term, path string) {
	caretShown(x)
	x.Type(path)
	x.WaitText(filepath.Base(path))
	x.Type(ptytest.Enter)
}

// finish saves what is reviewed and leaves.
func finish(t *testing.T, x *ptytest.Term, dir string) string {
	x.WaitText("第 7/8 步", "1 数据库架构", "7 备份恢复")
	x.Type("s")
	x.WaitText("第 8/8 步", "-database-design.md")
	x.Type(ptytest.Enter)
	x.WaitText("已保存", "用时")
	x.Type("q")
	if code := x.WaitExit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*-database-design.md"))
	if len(files) != 1 {
		t.Fatalf("saved: %v", files)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	side, err := os.ReadFile(strings.TrimSuffix(files[0], ".md") + ".brief.yaml")
	if err != nil {
		t.Error(err)
	}
	return string(data) + string(side)
}

// doors are the ways in, each to a saved chapter that has the words it must
// have.
var doors = map[string]struct {
	walk func(x *ptytest.Term, dir string)
	has  string
}{
	"quick": {func(x *ptytest.Term, _ string) {
		door(x, "快速生成")
		x.WaitText("4 个问题")
		caretShown(x)
		x.Type("校园二手平台")
		x.WaitText("校园二手平台")
		x.Type(ptytest.CtrlG)
	}, "校园二手"},
	"guided": {func(x *ptytest.Term, _ string) {
		door(x, "跟着引导做")
		x.WaitText("为什么问")
		caretShown(x)
		x.Type("校园二手平台")
		x.WaitText("校园二手平台")
		x.Type(ptytest.Enter)
		x.WaitText("问题 2/16")
		caretShown(x)
		x.Type("学生发布闲置物品、下单、当面交易")
		x.WaitText("当面交易")
		x.Type(ptytest.Enter)
		x.WaitText("问题 3/16")
		x.Type(ptytest.Down)
		x.WaitText("▸ 通用")
		x.Type(ptytest.Down)
		x.WaitText("▸ 电商")
		x.Type(ptytest.Enter)
		x.WaitText("问题 4/16")
		x.Type(ptytest.CtrlG)
	}, "学生发布闲置物品"},
	"preset": {func(x *ptytest.Term, _ string) {
		door(x, "从预设开始")
		x.WaitText("▸ 电商")
		x.Type(ptytest.Enter)
		x.WaitText("第 1/8 步", "系统名称")
		x.Type(ptytest.CtrlG)
	}, "orders"},
	"import SQL": {func(x *ptytest.Term, dir string) {
		path := filepath.Join(dir, "old.sql")
		_ = os.WriteFile(path, []byte(someSQL), 0o600)
		door(x, "导入 SQL 或文本")
		file(x, "old.sql")
		x.WaitText("第 1/8 步", "系统名称")
		x.Type(ptytest.Enter)
		caretShown(x)
		x.Type("旧订单系统")
		x.WaitText("旧订单系统")
		x.Type(ptytest.Enter)
		caretShown(x)
		x.Type("消费者下单、支付，商家发货")
		x.WaitText("商家发货")
		x.Type(ptytest.Esc)
		x.WaitText("enter 编辑")
		x.Type(ptytest.CtrlG)
		x.WaitText("第 5/8 步", "抽取", "请先核对")
		x.Type(ptytest.Enter)
	}, "uk_order_no"},
	"import text": {func(x *ptytest.Term, dir string) {
		path := filepath.Join(dir, "old.txt")
		_ = os.WriteFile(path, []byte(someText), 0o600)
		door(x, "导入 SQL 或文本")
		file(x, "old.txt")
		x.WaitText("第 1/8 步", "城市图书馆借阅平台")
		x.Type(ptytest.CtrlG)
		x.WaitText("第 5/8 步", "抽取", "请先核对")
		x.Type(ptytest.Enter)
	}, "借阅"},
	"example": {func(x *ptytest.Term, _ string) {
		door(x, "看一个完整示例")
	}, "parking_sessions"},
}

// TestDoors: every way in leads to a saved chapter, at every size.
func TestDoors(t *testing.T) {
	if testing.Short() {
		t.Skip("needs the compiled program")
	}
	for name, d := range doors {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s %dx%d", name, size[0], size[1]), func(t *testing.T) {
				dir := t.TempDir()
				x := ptytest.Start(t, size[0], size[1], dir, nil, ptytest.Build(t))
				d.walk(x, dir)
				if text := finish(t, x, dir); !strings.Contains(text, d.has) {
					t.Errorf("no %q in the chapter and its brief", d.has)
				}
			})
		}
	}
}

// TestOpenDoor: a saved chapter is opened again, with its brief beside it or
// in front of it.
func TestOpenDoor(t *testing.T) {
	if testing.Short() {
		t.Skip("needs the compiled program")
	}
	dir := t.TempDir()
	x := ptytest.Start(t, 80, 24, dir, nil, ptytest.Build(t), "--preset", "ecommerce")
	x.WaitText("第 1/8 步")
	x.Type(ptytest.CtrlG)
	finish(t, x, dir)
	files, _ := filepath.Glob(filepath.Join(dir, "*.brief.yaml"))
	if len(files) != 1 {
		t.Fatalf("briefs: %v", files)
	}
	yaml, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(strings.TrimSuffix(files[0], ".brief.yaml") + ".md")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "front.md"), []byte("---\n"+string(yaml)+"---\n\n"+string(text)), 0o600); err != nil {
		t.Fatal(err)
	}
	for i, path := range []string{strings.TrimSuffix(filepath.Base(files[0]), ".brief.yaml") + ".md", "front.md"} {
		x = ptytest.Start(t, sizes[i+1][0], sizes[i+1][1], dir, nil, ptytest.Build(t))
		door(x, "打开草稿或章节")
		x.WaitText("打开一个文件")
		for range i + 1 { // behind the drafts so far
			x.Type(ptytest.Down)
		}
		x.WaitText("▸ 打开一个文件")
		x.Type(ptytest.Enter)
		file(x, path)
		x.WaitText("第 7/8 步", "7 备份恢复")
		x.WaitGone("检查中")
		x.Type("7")
		x.WaitText("▸ 7 备份恢复")
		x.Type("r") // needs the brief
		x.WaitText("重写「备份恢复」")
		x.Type("换成火星文")
		x.Type(ptytest.Enter)
		x.WaitText("离线起草没有采用这条提示：换成火星文")
		x.Type(ptytest.CtrlC)
		x.WaitExit()
	}
}

// TestResizeStorm: forty sizes in a row leave the screen as it was.
func TestResizeStorm(t *testing.T) {
	x, _ := wizard(t, 80, 24, "--preset", "parking")
	x.WaitText("第 1/8 步")
	x.Type(ptytest.CtrlG)
	x.WaitText("第 7/8 步", "7 备份恢复")
	x.WaitText("已保存", "整体设计原则")
	x.WaitGone("检查中")
	before := x.Screen()
	for i := range 40 {
		x.Resize(20+i*37%150, 5+i*13%50)
	}
	x.Resize(80, 24)
	x.WaitFor("the screen as before\n"+before, func() bool { return x.Screen() == before })
}

// TestTypeAhead: keys typed before the first screen are not lost.
func TestTypeAhead(t *testing.T) {
	x, _ := wizard(t, 80, 24)
	x.Type("jj" + ptytest.Enter + ptytest.Enter)
	x.WaitText("第 1/8 步", "系统名称")
}

// TestHugePaste: 20,000 lines are cut to what an entity list may hold, said
// so, and the wizard stays quick.
func TestHugePaste(t *testing.T) {
	x, _ := wizard(t, 80, 24, "--preset", "ecommerce")
	x.WaitText("第 1/8 步")
	x.Type("4")
	x.WaitText("第 4/8 步")
	x.Paste(strings.Repeat("退款单: 退款单号#, 账单号, 退款金额\n", 20_000))
	x.WaitText("20001")
	x.Type(ptytest.Esc)
	x.WaitText("enter 编辑")
}
