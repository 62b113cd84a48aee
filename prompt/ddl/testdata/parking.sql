CREATE TABLE owners (
    id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '车主ID',
    phone_cipher VARBINARY(128) NOT NULL COMMENT '手机号密文（SM4/AES-256-GCM加密）',
    phone_hash CHAR(64) NOT NULL COMMENT '手机号摘要（HMAC，十六进制，用于等值查询）',
    phone_mask VARCHAR(20) NOT NULL COMMENT '手机号脱敏值，如138****1234',
    nickname VARCHAR(50) NOT NULL DEFAULT '' COMMENT '昵称',
    avatar_url VARCHAR(512) NOT NULL DEFAULT '' COMMENT '头像URL',
    open_id VARCHAR(64) NULL COMMENT '微信OpenID',
    status TINYINT NOT NULL DEFAULT 1 COMMENT '状态：1-正常，2-冻结，3-已注销',
    last_login_at DATETIME NULL COMMENT '最近登录时间',
    delete_token BIGINT NOT NULL DEFAULT 0 COMMENT '逻辑删除标记：0-未删除，非0-已删除（写入主键id）',
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间',
    updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT '更新时间',
    UNIQUE KEY uk_phone_delete (phone_hash, delete_token),
    UNIQUE KEY uk_open_id_delete (open_id, delete_token)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='车主表';

CREATE TABLE vehicles (
    id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '车辆ID',
    plate_no VARCHAR(16) NOT NULL COMMENT '车牌号',
    plate_color TINYINT NOT NULL DEFAULT 1 COMMENT '车牌颜色：1-蓝，2-绿，3-黄，4-白，5-黑',
    vehicle_type TINYINT NOT NULL DEFAULT 1 COMMENT '车辆类型：1-小型车，2-大型车，3-新能源，4-摩托车',
    brand_name VARCHAR(100) NOT NULL DEFAULT '' COMMENT '品牌名称',
    status TINYINT NOT NULL DEFAULT 1 COMMENT '状态：1-正常，2-黑名单',
    delete_token BIGINT NOT NULL DEFAULT 0 COMMENT '逻辑删除标记：0-未删除，非0-已删除（写入主键id）',
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间',
    updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT '更新时间',
    UNIQUE KEY uk_plate_color_delete (plate_no, plate_color, delete_token)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='车辆表';

CREATE TABLE owner_vehicles (
    id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '车主车辆绑定ID',
    owner_id BIGINT NOT NULL COMMENT '车主ID（逻辑外键，关联owners.id）',
    vehicle_id BIGINT NOT NULL COMMENT '车辆ID（逻辑外键，关联vehicles.id）',
    is_default TINYINT NOT NULL DEFAULT 0 COMMENT '是否默认车辆：0-否，1-是',
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间',
    updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT '更新时间',
    UNIQUE KEY uk_owner_vehicle (owner_id, vehicle_id),
    INDEX idx_vehicle_id (vehicle_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='车主车辆绑定表';

CREATE TABLE parking_lots (
    id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '停车场ID',
    lot_code VARCHAR(32) NOT NULL COMMENT '停车场编码',
    name VARCHAR(100) NOT NULL COMMENT '停车场名称',
    city_code CHAR(6) NOT NULL DEFAULT '' COMMENT '城市编码（GB/T 2260六位代码）',
    address VARCHAR(255) NOT NULL DEFAULT '' COMMENT '地址',
    longitude DECIMAL(10,7) NOT NULL COMMENT '经度（GCJ-02）',
    latitude DECIMAL(10,7) NOT NULL COMMENT '纬度（GCJ-02）',
    total_spaces INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '总车位数',
    business_hours JSON NULL COMMENT '营业时间（JSON）',
    status TINYINT NOT NULL DEFAULT 1 COMMENT '状态：1-营业，2-停业，3-维护',
    delete_token BIGINT NOT NULL DEFAULT 0 COMMENT '逻辑删除标记：0-未删除，非0-已删除（写入主键id）',
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间',
    updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT '更新时间',
    UNIQUE KEY uk_lot_code_delete (lot_code, delete_token),
    INDEX idx_city_status (city_code, status)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='停车场表';

CREATE TABLE fee_rules (
    id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '收费规则ID',
    lot_id BIGINT NOT NULL COMMENT '停车场ID（逻辑外键，关联parking_lots.id）',
    rule_name VARCHAR(100) NOT NULL COMMENT '规则名称',
    vehicle_type TINYINT NOT NULL DEFAULT 1 COMMENT '适用车型：1-小型车，2-大型车，3-新能源，4-摩托车',
    free_minutes INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '免费时长（分钟）',
    daily_cap_amount DECIMAL(18,2) NOT NULL DEFAULT 0.00 COMMENT '单日封顶金额（元）',
    rule_content JSON NOT NULL COMMENT '规则内容（JSON）',
    effective_at DATETIME NOT NULL COMMENT '生效时间',
    expire_at DATETIME NULL COMMENT '失效时间（NULL表示长期有效）',
    status TINYINT NOT NULL DEFAULT 1 COMMENT '状态：1-启用，2-停用',
    version INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '乐观锁版本号',
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间',
    updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT '更新时间',
    INDEX idx_lot_vehicle_type_effective (lot_id, vehicle_type, effective_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='收费规则表';

CREATE TABLE monthly_passes (
    id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '月卡ID',
    pass_no VARCHAR(32) NOT NULL COMMENT '月卡编号',
    lot_id BIGINT NOT NULL COMMENT '停车场ID（逻辑外键，关联parking_lots.id）',
    owner_id BIGINT NOT NULL COMMENT '车主ID（跨服务引用，无物理外键）',
    plate_no VARCHAR(16) NOT NULL COMMENT '车牌号',
    pass_type TINYINT NOT NULL DEFAULT 1 COMMENT '月卡类型：1-月卡，2-季卡，3-年卡',
    pay_amount DECIMAL(18,2) NOT NULL DEFAULT 0.00 COMMENT '实付金额（元）',
    start_date DATE NOT NULL COMMENT '开始日期',
    end_date DATE NOT NULL COMMENT '结束日期',
    status TINYINT NOT NULL DEFAULT 1 COMMENT '状态：1-待生效，2-生效中，3-已过期，4-已退卡',
    version INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '乐观锁版本号',
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间',
    updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT '更新时间',
    UNIQUE KEY uk_pass_no (pass_no),
    INDEX idx_plate_lot_end (plate_no, lot_id, end_date),
    INDEX idx_owner_created (owner_id, created_at),
    INDEX idx_lot_end (lot_id, end_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='月卡表';

CREATE TABLE parking_sessions (
    id BIGINT PRIMARY KEY COMMENT '停车记录ID（雪花算法，全局唯一）',
    session_no VARCHAR(32) NOT NULL COMMENT '停车流水号（末3位为分片基因000~255）',
    lot_id BIGINT NOT NULL COMMENT '停车场ID（跨服务引用，无物理外键）',
    plate_no VARCHAR(16) NOT NULL COMMENT '车牌号（分片键）',
    plate_color TINYINT NOT NULL DEFAULT 1 COMMENT '车牌颜色：1-蓝，2-绿，3-黄，4-白，5-黑',
    owner_id BIGINT NULL COMMENT '车主ID（跨服务引用，无物理外键，可为空）',
    pass_id BIGINT NULL COMMENT '月卡ID（跨服务引用，无物理外键，可为空）',
    entry_device_id BIGINT NOT NULL COMMENT '入口设备ID（跨服务引用，无物理外键）',
    exit_device_id BIGINT NULL COMMENT '出口设备ID（跨服务引用，无物理外键，可为空）',
    entry_at DATETIME NOT NULL COMMENT '入场时间',
    exit_at DATETIME NULL COMMENT '出场时间',
    entry_image_url VARCHAR(512) NOT NULL DEFAULT '' COMMENT '入场抓拍图片URL',
    exit_image_url VARCHAR(512) NOT NULL DEFAULT '' COMMENT '出场抓拍图片URL',
    status TINYINT NOT NULL DEFAULT 1 COMMENT '状态：1-在场，2-待支付，3-已离场，4-异常',
    version INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '乐观锁版本号',
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间',
    updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT '更新时间',
    UNIQUE KEY uk_session_no (session_no),
    INDEX idx_plate_lot_status (plate_no, lot_id, status),
    INDEX idx_plate_entry (plate_no, entry_at),
    INDEX idx_status_entry (status, entry_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='停车记录表';

CREATE TABLE parking_bills (
    id BIGINT PRIMARY KEY COMMENT '停车账单ID（雪花算法，全局唯一）',
    bill_no VARCHAR(32) NOT NULL COMMENT '账单号（末3位为分片基因000~255）',
    session_no VARCHAR(32) NOT NULL COMMENT '停车流水号（逻辑外键，关联parking_sessions.session_no）',
    lot_id BIGINT NOT NULL COMMENT '停车场ID（跨服务引用，无物理外键）',
    plate_no VARCHAR(16) NOT NULL COMMENT '车牌号（分片键）',
    fee_rule_id BIGINT NOT NULL COMMENT '收费规则ID（跨服务引用，无物理外键）',
    total_amount DECIMAL(18,2) NOT NULL DEFAULT 0.00 COMMENT '应收金额（元）',
    discount_amount DECIMAL(18,2) NOT NULL DEFAULT 0.00 COMMENT '优惠金额（元）',
    paid_amount DECIMAL(18,2) NOT NULL DEFAULT 0.00 COMMENT '实收金额（元）',
    expire_at DATETIME NOT NULL COMMENT '支付截止时间',
    paid_at DATETIME NULL COMMENT '支付时间',
    status TINYINT NOT NULL DEFAULT 1 COMMENT '账单状态：1-待支付，2-已支付，3-已减免，4-已退款，5-已关闭',
    version INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '乐观锁版本号',
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间',
    updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT '更新时间',
    UNIQUE KEY uk_bill_no (bill_no),
    INDEX idx_session_no (session_no),
    INDEX idx_plate_created (plate_no, created_at),
    INDEX idx_status_expire (status, expire_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='停车账单表';

CREATE TABLE payments (
    id BIGINT PRIMARY KEY COMMENT '支付流水ID（雪花算法，全局唯一）',
    payment_no VARCHAR(32) NOT NULL COMMENT '支付单号（末3位为分片基因000~255）',
    bill_no VARCHAR(32) NOT NULL COMMENT '账单号（分片键，跨服务引用，无物理外键）',
    lot_id BIGINT NOT NULL COMMENT '停车场ID（跨服务引用，无物理外键）',
    owner_id BIGINT NULL COMMENT '车主ID（跨服务引用，无物理外键，可为空）',
    channel TINYINT NOT NULL COMMENT '支付渠道：1-微信，2-支付宝，3-ETC，4-银联',
    pay_amount DECIMAL(18,2) NOT NULL DEFAULT 0.00 COMMENT '支付金额（元）',
    channel_trade_no VARCHAR(64) NULL COMMENT '渠道交易号',
    status TINYINT NOT NULL DEFAULT 1 COMMENT '状态：1-待支付，2-支付成功，3-支付失败，4-已关闭',
    fail_reason VARCHAR(255) NOT NULL DEFAULT '' COMMENT '失败原因',
    paid_at DATETIME NULL COMMENT '支付成功时间',
    version INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '乐观锁版本号',
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间',
    updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT '更新时间',
    UNIQUE KEY uk_payment_no (payment_no),
    UNIQUE KEY uk_channel_trade (channel, channel_trade_no),
    INDEX idx_bill_no (bill_no),
    INDEX idx_status_created (status, created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='支付流水表';

CREATE TABLE refunds (
    id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '退款单ID',
    refund_no VARCHAR(32) NOT NULL COMMENT '退款单号',
    payment_no VARCHAR(32) NOT NULL COMMENT '支付单号（逻辑外键，关联payments.payment_no）',
    bill_no VARCHAR(32) NOT NULL COMMENT '账单号（跨服务引用，无物理外键）',
    refund_amount DECIMAL(18,2) NOT NULL DEFAULT 0.00 COMMENT '退款金额（元）',
    refund_reason VARCHAR(255) NOT NULL DEFAULT '' COMMENT '退款原因',
    channel_refund_no VARCHAR(64) NULL COMMENT '渠道退款号',
    status TINYINT NOT NULL DEFAULT 1 COMMENT '状态：1-待审核，2-退款中，3-退款成功，4-退款失败',
    refunded_at DATETIME NULL COMMENT '退款成功时间',
    version INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '乐观锁版本号',
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间',
    updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT '更新时间',
    UNIQUE KEY uk_refund_no (refund_no),
    INDEX idx_payment_no (payment_no),
    INDEX idx_status_created (status, created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='退款单表';

CREATE TABLE devices (
    id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '设备ID',
    device_no VARCHAR(32) NOT NULL COMMENT '设备编号',
    lot_id BIGINT NOT NULL COMMENT '停车场ID（跨服务引用，无物理外键）',
    device_type TINYINT NOT NULL DEFAULT 1 COMMENT '设备类型：1-道闸，2-车牌相机，3-地磁，4-自助缴费机',
    name VARCHAR(100) NOT NULL COMMENT '设备名称',
    firmware_version VARCHAR(32) NOT NULL DEFAULT '' COMMENT '固件版本',
    last_heartbeat_at DATETIME NULL COMMENT '最近心跳时间（由Redis批量回写）',
    status TINYINT NOT NULL DEFAULT 1 COMMENT '状态：1-在线，2-离线，3-停用',
    delete_token BIGINT NOT NULL DEFAULT 0 COMMENT '逻辑删除标记：0-未删除，非0-已删除（写入主键id）',
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间',
    updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT '更新时间',
    UNIQUE KEY uk_device_no_delete (device_no, delete_token),
    INDEX idx_lot_device_type (lot_id, device_type)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='设备表';

CREATE TABLE outbox_events (
    id BIGINT NOT NULL AUTO_INCREMENT COMMENT '消息ID',
    event_id CHAR(36) NOT NULL COMMENT '事件唯一ID（UUID，消费端幂等键）',
    aggregate_type VARCHAR(64) NOT NULL COMMENT '聚合类型，如parking_session',
    aggregate_id VARCHAR(64) NOT NULL COMMENT '聚合标识，同时作为Kafka消息键',
    event_type VARCHAR(64) NOT NULL COMMENT '事件类型，如session.exited',
    payload JSON NOT NULL COMMENT '事件内容（JSON）',
    status TINYINT NOT NULL DEFAULT 0 COMMENT '状态：0-待发送，1-已发送，2-发送失败',
    retry_count INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '重试次数',
    next_retry_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '下次重试时间',
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP COMMENT '创建时间（分区键）',
    updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT '更新时间',
    PRIMARY KEY (id, created_at),
    INDEX idx_event_id (event_id),
    INDEX idx_status_next_retry (status, next_retry_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='本地消息表'
PARTITION BY RANGE COLUMNS(created_at) (
    PARTITION p20270101 VALUES LESS THAN ('2027-01-02'),
    PARTITION p20270102 VALUES LESS THAN ('2027-01-03'),
    PARTITION p20270103 VALUES LESS THAN ('2027-01-04'),
    PARTITION pmax VALUES LESS THAN (MAXVALUE)
);

