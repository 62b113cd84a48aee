CREATE TABLE device_events (
    event_id UInt64 COMMENT '事件ID（雪花算法，消费端去重依据）',
    lot_id UInt64 COMMENT '停车场ID',
    device_id UInt64 COMMENT '设备ID',
    event_type UInt8 COMMENT '事件类型：1-入场，2-出场，3-心跳，4-告警',
    plate_no String DEFAULT '' COMMENT '车牌号',
    confidence Float32 DEFAULT 0 COMMENT '识别置信度',
    payload String DEFAULT '' COMMENT '原始报文（JSON）',
    event_at DateTime64(3) COMMENT '事件时间',
    ingested_at DateTime DEFAULT now() COMMENT '入库时间'
) ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/device_events', '{replica}', ingested_at)
PARTITION BY toYYYYMMDD(event_at)
ORDER BY (lot_id, device_id, event_at, event_id)
TTL toDateTime(event_at) + INTERVAL 180 DAY DELETE
COMMENT '设备事件表';
